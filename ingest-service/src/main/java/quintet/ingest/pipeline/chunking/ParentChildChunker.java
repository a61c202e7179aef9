package quintet.ingest.pipeline.chunking;

import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CleanText;
import quintet.ingest.port.TokenCounter;

/** Cuts by structure into large parents, and each parent into small chunks that are read within it. */
final class ParentChildChunker implements Chunker {
    /** What parents come close to, of the most they may have. */
    private static final double TARGET_SHARE = 0.75;

    private final TokenCounter tokenCounter;
    private final StructureChunker parents;
    private final SizeLimit limit;

    ParentChildChunker(TokenCounter tokenCounter, ChunkingSettings settings) {
        this.tokenCounter = tokenCounter;
        int most = settings.parentTokens();
        parents = new StructureChunker(tokenCounter, (int) (most * TARGET_SHARE), most, new Overlap(0));
        limit = new SizeLimit(settings.maxTokens());
    }

    @Override
    public List<Chunk> chunk(CleanText clean) {
        List<Unit> units = Units.of(clean, tokenCounter, limit);
        ChunkList chunks = new ChunkList(clean, units);
        int from = 0;
        for (Chunk parent : parents.chunk(clean)) {
            int to = from;
            while (to < units.size() && units.get(to).start() < parent.end()) {
                to++;
            }
            // A sentence that is longer than a parent may be cut elsewhere for its children.
            if (to > from) {
                RecursiveSplit.split(units, new Run(from, to), limit)
                        .forEach(run -> chunks.addWithin(parent.start(), parent.end(), run));
            }
            from = to;
        }
        return chunks.chunks();
    }
}
