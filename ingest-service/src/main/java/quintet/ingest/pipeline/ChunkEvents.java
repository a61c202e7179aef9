package quintet.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.EmbeddingKey;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.port.VersionProgress.Prepared;

/** Splits the chunks of a version into events of a bounded size. */
final class ChunkEvents {
    /**
     * Chunks in a part, fewer than the event may have: a part is what collections take turns with, and two of them have to fit into
     * the narrowest window, one that is embedded and one that is next.
     */
    private static final int CHUNKS = 16;

    private ChunkEvents() {}

    /**
     * Returns the parts of a version.
     *
     * @param embedded what the index is expected to have vectors of: chunks among it are marked as unchanged
     */
    static List<ChunksCreated> of(DocumentRef ref, Attributes given, Prepared prepared, Set<EmbeddingKey> embedded) {
        List<Chunk> chunks = prepared.chunks();
        int parts = (chunks.size() + CHUNKS - 1) / CHUNKS;
        IngestEvent.DocumentInfo info = new IngestEvent.DocumentInfo(given, prepared.found());
        List<ChunksCreated> events = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            int from = part * CHUNKS;
            int to = Math.min(chunks.size(), from + CHUNKS);
            events.add(
                    new ChunksCreated(ref, part, parts, chunks.size(), info, prepared.text(), chunks.subList(from, to))
                            .unchangedSince(embedded));
        }
        return events;
    }
}
