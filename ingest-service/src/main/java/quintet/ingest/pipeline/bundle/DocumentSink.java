package quintet.ingest.pipeline.bundle;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.BundleSummary;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.VectorModel;
import quintet.ingest.pipeline.LimitsConfig;
import quintet.ingest.pipeline.OutboxDispatcher;
import quintet.ingest.pipeline.deduplication.Deduplication;
import quintet.ingest.port.BlobStore;
import quintet.ingest.port.BundleFormat;
import quintet.ingest.port.BundleRegistry;
import quintet.ingest.port.BundleRegistry.Outcome;

/** Takes the documents of a checked bundle into the registry, one transaction each. Blocking. */
@ApplicationScoped
class DocumentSink {
    /** Chunks in a part, as many as of any other document: parts are what collections take turns with. */
    private static final int PART_CHUNKS = 16;

    private final BundleRegistry registry;
    private final BlobStore blobs;
    private final Deduplication deduplication;
    private final OutboxDispatcher outbox;
    private final ImportPace pace;
    private final long maxFileBytes;

    DocumentSink(
            BundleRegistry registry,
            BlobStore blobs,
            Deduplication deduplication,
            OutboxDispatcher outbox,
            ImportPace pace,
            LimitsConfig limits) {
        this.registry = registry;
        this.blobs = blobs;
        this.deduplication = deduplication;
        this.outbox = outbox;
        this.pace = pace;
        maxFileBytes = limits.maxFile().asLongValue();
    }

    ImportReport take(
            String collection, BundleSummary summary, BundleFormat.Reading reading, ImportPipeline.Listener listener)
            throws IOException {
        VectorModel model = reading.manifest().model();
        long imported = 0;
        long unchanged = 0;
        long chunks = 0;
        long aliasesLeftOut = 0;
        List<String> leftOut = new ArrayList<>();
        while (true) {
            ImportReport report = new ImportReport(
                    DocumentKey.shown(collection),
                    model,
                    summary.documents() + summary.aliases(),
                    imported,
                    unchanged,
                    chunks,
                    aliasesLeftOut,
                    leftOut);
            listener.progressed(report);
            Optional<BundledDocument> next = reading.next();
            if (next.isEmpty()) {
                return report;
            }
            BundledDocument document = next.get();
            pace.await(listener, report);
            switch (take(new DocumentKey(collection, document.documentId()), document, model, reading)) {
                case IMPORTED -> {
                    imported++;
                    chunks += document.chunkCount();
                }
                case UNCHANGED -> unchanged++;
                case NO_ORIGINAL -> {
                    aliasesLeftOut++;
                    if (leftOut.size() < ImportReport.MAX_NAMED) {
                        leftOut.add(document.documentId());
                    }
                }
            }
        }
    }

    private Outcome take(
            DocumentKey key, BundledDocument document, @Nullable VectorModel model, BundleFormat.Reading reading) {
        if (document.hasOriginal()) {
            // Nobody sweeps bytes that were stored this recently, so that their document can follow in its own time.
            var _ = blobs.store(reading.original(), maxFileBytes, blob -> blob);
        }
        Outcome outcome = document.isAlias()
                ? registry.putAlias(key, document)
                : registry.put(
                        key,
                        new Whole(document, Objects.requireNonNull(model, "vectors have a model"), reading),
                        deduplication.fingerprint(key, document.given(), reading.text()));
        if (outcome == Outcome.IMPORTED) {
            pace.wrote(Whole.parts(document));
            outbox.wake();
        }
        return outcome;
    }

    /** A document that is read from its bundle while it is written to the registry. */
    private record Whole(BundledDocument document, VectorModel model, BundleFormat.Reading reading)
            implements BundleRegistry.Whole {
        @Override
        public String text() {
            return reading.text();
        }

        @Override
        public void parts(Consumer<List<EmbeddedChunk>> part) {
            reading.chunks(PART_CHUNKS, part);
        }

        @Override
        public int partCount() {
            return parts(document);
        }

        static int parts(BundledDocument document) {
            return (document.chunkCount() + PART_CHUNKS - 1) / PART_CHUNKS;
        }
    }
}
