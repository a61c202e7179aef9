package quintet.ingest.pipeline.chunking;

import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CleanText;
import quintet.ingest.port.TokenCounter;

/** A chunk for each section that a heading opens, headings that follow each other included; cut only where it is too long. */
final class HeadingChunker implements Chunker {
    private final TokenCounter tokenCounter;
    private final SizeLimit limit;

    HeadingChunker(TokenCounter tokenCounter, ChunkingSettings settings) {
        this.tokenCounter = tokenCounter;
        limit = new SizeLimit(settings.maxTokens());
    }

    @Override
    public List<Chunk> chunk(CleanText clean) {
        List<Unit> units = Units.of(clean, tokenCounter, limit);
        ChunkList chunks = new ChunkList(clean, units);
        for (int start = 0; start < units.size(); ) {
            int end = endOfSection(units, start);
            RecursiveSplit.split(units, new Run(start, end), limit).forEach(chunks::add);
            start = end;
        }
        return chunks.chunks();
    }

    private static int endOfSection(List<Unit> units, int start) {
        int end = start + 1;
        while (end < units.size()
                && (!units.get(end).isHeading() || units.get(end - 1).isHeading())) {
            end++;
        }
        return end;
    }
}
