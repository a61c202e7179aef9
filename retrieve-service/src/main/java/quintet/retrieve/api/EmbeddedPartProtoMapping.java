package quintet.retrieve.api;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import quintet.embed.v1.ChunksEmbedded;
import quintet.failure.Failure;
import quintet.ingest.v1.Chunk;
import quintet.ingest.v1.ChunkContext;
import quintet.ingest.v1.ChunksCreated;
import quintet.retrieve.model.ArrivedPart;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.PassageContext;
import quintet.retrieve.model.UnchangedPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;

/** From {@link ChunksEmbedded} to the model; fails with INVALID_INPUT and reason INVALID_PART if it contradicts itself. */
final class EmbeddedPartProtoMapping {
    private EmbeddedPartProtoMapping() {}

    static VersionRef toRef(String collection, String documentId, long version) {
        try {
            return new VersionRef(new CollectionName(collection), documentId, version);
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput(
                    "INVALID_REFERENCE", "'%s/%s@%d' is no document: %s", collection, documentId, version, why(e));
        }
    }

    static ArrivedPart toModel(ChunksEmbedded event) {
        ChunksCreated part = event.getPart();
        VersionRef ref = toRef(part.getCollection(), part.getDocumentId(), part.getVersion());
        try {
            ModelRef model = new ModelRef(event.getModel(), event.getRevision(), event.getDimension());
            DocumentPart embedded = new DocumentPart(
                    ref,
                    part.getPart(),
                    part.getPartCount(),
                    part.getChunkCount(),
                    toModel(part.getInfo()),
                    model,
                    embedded(event, model.dimension()));
            return new ArrivedPart(embedded, unchanged(event));
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput("INVALID_PART", "part %d of %s: %s", part.getPart(), ref, why(e));
        }
    }

    private static List<EmbeddedPassage> embedded(ChunksEmbedded event, int dimension) {
        Set<Integer> reused = new HashSet<>(event.getReusedList());
        List<Chunk> chunks = event.getPart().getChunksList();
        if (!reused.stream().allMatch(i -> i >= 0 && i < chunks.size()) || reused.size() != event.getReusedCount()) {
            throw new IllegalArgumentException("reused is %s, must be distinct positions in %d chunks"
                    .formatted(event.getReusedList(), chunks.size()));
        }
        if (!reused.isEmpty() && event.getVectorKeysCount() == 0) {
            throw new IllegalArgumentException("%d vectors are to be reused without a key".formatted(reused.size()));
        }
        long expected = (long) (chunks.size() - reused.size()) * dimension * Float.BYTES;
        if (event.getVectors().size() != expected) {
            throw new IllegalArgumentException("vectors have %d bytes, must have %d"
                    .formatted(event.getVectors().size(), expected));
        }
        if (event.getVectorKeysCount() != chunks.size() && event.getVectorKeysCount() != 0) {
            throw new IllegalArgumentException(
                    "there are %d vector keys for %d chunks".formatted(event.getVectorKeysCount(), chunks.size()));
        }
        FloatBuffer vectors = event.getVectors()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        List<EmbeddedPassage> passages = new ArrayList<>(chunks.size());
        for (int i = 0; i < chunks.size(); i++) {
            if (!reused.contains(i)) {
                float[] values = new float[dimension];
                var _ = vectors.get(values);
                VectorKey key = event.getVectorKeysCount() == 0 ? null : key(event, i);
                passages.add(new EmbeddedPassage(toModel(chunks.get(i)), new UnitVector(values), key));
            }
        }
        return passages;
    }

    private static List<UnchangedPassage> unchanged(ChunksEmbedded event) {
        List<UnchangedPassage> passages = new ArrayList<>();
        for (int i : event.getReusedList()) {
            passages.add(new UnchangedPassage(toModel(event.getPart().getChunks(i)), key(event, i)));
        }
        return passages;
    }

    private static VectorKey key(ChunksEmbedded event, int chunk) {
        return new VectorKey(HexFormat.of().formatHex(event.getVectorKeys(chunk).toByteArray()));
    }

    private static Passage toModel(Chunk chunk) {
        return new Passage(
                chunk.getChunkId(),
                chunk.getOrdinal(),
                chunk.getText(),
                chunk.getStart(),
                chunk.getEnd(),
                chunk.getPage(),
                chunk.getPageEnd(),
                chunk.getSectionPathList(),
                chunk.getTokenCount(),
                chunk.hasContext() ? toModel(chunk.getContext()) : null);
    }

    private static PassageContext toModel(ChunkContext context) {
        return new PassageContext(
                context.getText(), context.getStart(), context.getEnd(), context.getPage(), context.getPageEnd());
    }

    private static DocumentInfo toModel(quintet.ingest.v1.DocumentInfo info) {
        return new DocumentInfo(
                info.getFilename(),
                info.getTitle(),
                info.getSource(),
                info.getMimeType(),
                info.getLanguage(),
                info.getMetadataMap(),
                info.getGroupsList());
    }

    private static String why(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }
}
