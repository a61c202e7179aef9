package quintet.ingest.pipeline.bundle;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.BlobStore;
import quintet.ingest.port.CollectionRegistry;
import quintet.ingest.port.IndexVectors;
import quintet.ingest.port.StoredVersions;
import quintet.ingest.port.StoredVersions.Stored;
import quintet.ingest.port.VersionProgress.Prepared;

/** Brings together what registry, disk and index have of one version of a document. Blocking. */
@ApplicationScoped
class DocumentSource {
    private final StoredVersions versions;
    private final CollectionRegistry collections;
    private final IndexVectors index;
    private final BlobStore blobs;

    DocumentSource(StoredVersions versions, CollectionRegistry collections, IndexVectors index, BlobStore blobs) {
        this.versions = versions;
        this.collections = collections;
        this.index = index;
        this.blobs = blobs;
    }

    /** The index does not hold the version as a whole, or no longer. */
    static final class ChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("the index holds another version", null, false, false);
        }
    }

    /**
     * A version with all that belongs to it.
     *
     * @param original file with its original bytes; absent where they stay behind
     * @param chunks read from the index while they are asked for; fail with {@link ChangedException}
     */
    record Content(
            BundledDocument document, @Nullable Path original, String text, Iterable<List<EmbeddedChunk>> chunks) {}

    /**
     * Returns a READY document; empty if that version is not the newest any more.
     *
     * @param model that its vectors must be of
     * @param withOriginal whether its original bytes come along, if they are there
     */
    Optional<Content> read(Document document, @Nullable VectorModel model, boolean withOriginal) {
        DocumentRef ref = document.ref();
        Optional<Stored> stored = versions.newest(ref);
        if (stored.isEmpty() || stored.get().prepared().chunks().isEmpty()) {
            return Optional.empty();
        }
        Prepared prepared = stored.get().prepared();
        List<Chunk> chunks = prepared.chunks();
        if (chunks.size() > BundledDocument.MAX_CHUNKS) {
            throw Failure.conflict(
                    "TOO_MANY_CHUNKS",
                    "document '%s' has %d chunks, a bundle takes %d: put it in larger chunks",
                    ref.key().documentId(),
                    chunks.size(),
                    BundledDocument.MAX_CHUNKS);
        }
        boolean original = withOriginal && blobs.holds(document.blob().sha256());
        BundledDocument bundled = new BundledDocument(
                ref.key().documentId(),
                stored.get().given(),
                prepared.found(),
                document.blob(),
                original,
                collections.chunkingOf(ref).orElse(null),
                chunks.size(),
                null);
        return Optional.of(new Content(
                bundled,
                original ? original(document) : null,
                prepared.text().text(),
                () -> new Batches(ref, chunks, model)));
    }

    /** Returns an alias. */
    BundledDocument alias(Document document, BundledDocument.Alias alias, boolean withOriginal) {
        return new BundledDocument(
                document.ref().key().documentId(),
                document.given(),
                document.found(),
                document.blob(),
                withOriginal && blobs.holds(document.blob().sha256()),
                collections.chunkingOf(document.ref()).orElse(null),
                0,
                alias);
    }

    /** Returns the file with the original bytes of a document. */
    Path original(Document document) {
        return blobs.path(document.blob().sha256());
    }

    /** Chunks of a version with their vectors, a batch at a time. */
    private final class Batches implements Iterator<List<EmbeddedChunk>> {
        private final DocumentRef ref;
        private final List<Chunk> chunks;
        private final @Nullable VectorModel model;
        private int next;

        Batches(DocumentRef ref, List<Chunk> chunks, @Nullable VectorModel model) {
            this.ref = ref;
            this.chunks = chunks;
            this.model = model;
        }

        @Override
        public boolean hasNext() {
            return next < chunks.size();
        }

        @Override
        public List<EmbeddedChunk> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<Chunk> batch = chunks.subList(next, Math.min(chunks.size(), next + IndexVectors.MAX_CHUNKS));
            next += batch.size();
            List<UUID> ids = batch.stream().map(chunk -> chunk.id(ref.key())).toList();
            IndexVectors.Found found = index.find(ref.key(), ids);
            if (found.version() != ref.version()) {
                throw new ChangedException();
            }
            requireModel(found);
            List<EmbeddedChunk> embedded = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                ChunkVector vector = found.vectors().get(ids.get(i));
                if (vector == null) {
                    throw new ChangedException();
                }
                embedded.add(new EmbeddedChunk(batch.get(i), vector));
            }
            return embedded;
        }

        private void requireModel(IndexVectors.Found found) {
            if (model == null || !found.model().equals(Optional.of(model))) {
                throw Failure.conflict(
                        "MODEL_CHANGED",
                        "the model of collection '%s' changed while it was exported, export it again",
                        ref.key().shownCollection());
            }
        }
    }
}
