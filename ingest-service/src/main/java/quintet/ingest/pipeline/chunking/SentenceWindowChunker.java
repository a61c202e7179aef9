package quintet.ingest.pipeline.chunking;

import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CleanText;
import quintet.ingest.port.TokenCounter;

/** One to three sentences a chunk, read within the sentences of the same section that stand around it. */
final class SentenceWindowChunker implements Chunker {
    private static final int MAX_SENTENCES = 3;

    /** Share of the most tokens from which on a sentence stands by itself. */
    private static final int ENOUGH = 4;

    private final TokenCounter tokenCounter;
    private final SizeLimit limit;
    private final SizeLimit windowLimit;
    private final int windowSentences;

    SentenceWindowChunker(TokenCounter tokenCounter, ChunkingSettings settings) {
        this.tokenCounter = tokenCounter;
        limit = new SizeLimit(settings.maxTokens());
        windowLimit = new SizeLimit(settings.parentTokens());
        windowSentences = settings.windowSentences();
    }

    @Override
    public List<Chunk> chunk(CleanText clean) {
        List<Unit> units = Units.of(clean, tokenCounter, limit);
        ChunkList chunks = new ChunkList(clean, units);
        for (Run run : SentenceRuns.of(units, MAX_SENTENCES, limit.tokens() / ENOUGH, limit)) {
            Run window = window(units, run);
            chunks.addWithin(
                    units.get(window.from()).start(), units.get(window.to() - 1).end(), run);
        }
        return chunks.chunks();
    }

    private Run window(List<Unit> units, Run run) {
        int from = run.from();
        int to = run.to();
        for (int i = 0; i < windowSentences; i++) {
            boolean before = from > 0
                    && units.get(from).boundary() != Unit.Boundary.SECTION
                    && windowLimit.holds(units, from - 1, to);
            from -= before ? 1 : 0;
            boolean after = to < units.size()
                    && units.get(to).boundary() != Unit.Boundary.SECTION
                    && windowLimit.holds(units, from, to + 1);
            to += after ? 1 : 0;
        }
        return new Run(from, to);
    }
}
