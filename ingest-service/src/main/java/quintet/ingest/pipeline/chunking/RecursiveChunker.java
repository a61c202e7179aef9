package quintet.ingest.pipeline.chunking;

import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CleanText;
import quintet.ingest.port.TokenCounter;

/** As much as fits, cut at the largest separator that helps, whatever stands under which heading. */
final class RecursiveChunker implements Chunker {
    private final TokenCounter tokenCounter;
    private final SizeLimit limit;
    private final Overlap overlap;

    RecursiveChunker(TokenCounter tokenCounter, ChunkingSettings settings) {
        this.tokenCounter = tokenCounter;
        limit = new SizeLimit(settings.maxTokens() - settings.overlapTokens());
        overlap = new Overlap(settings.overlapTokens());
    }

    @Override
    public List<Chunk> chunk(CleanText clean) {
        List<Unit> units = Units.of(clean, tokenCounter, limit);
        ChunkList chunks = new ChunkList(clean, units);
        int before = -1;
        for (Run run : RecursiveSplit.split(units, new Run(0, units.size()), limit)) {
            chunks.addOverlapping(overlap.first(units, run.from(), before), run);
            before = run.from();
        }
        return chunks.chunks();
    }
}
