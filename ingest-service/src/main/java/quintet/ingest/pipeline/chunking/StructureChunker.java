package quintet.ingest.pipeline.chunking;

import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CleanText;
import quintet.ingest.port.TokenCounter;

/**
 * Cuts a text where its structure suggests it: among all ways to cut it into chunks of at most so many tokens, it takes the
 * cheapest, found by dynamic programming over {@link Unit}s. Sizes far from the target, cuts within paragraphs and lists,
 * and headings or page breaks inside a chunk have their price; a heading at the end of a chunk has a forbidding one.
 *
 * <p>Time grows with the number of units times the units of one chunk.
 */
final class StructureChunker implements Chunker {
    /** Price of a chunk with no tokens; falls with the square of the distance to the target. */
    private static final double TOO_SMALL = 1.5;

    /** Price of a chunk of the largest size. */
    private static final double TOO_LARGE = 1.0;

    /** Price of keeping the heading of a section inside a chunk, by its depth: below TOO_SMALL, so that tiny ones join. */
    private static final double[] HEADING_INSIDE = {1.4, 1.2, 0.6};

    private static final double PAGE_BREAK_INSIDE = 0.5;
    private static final double HEADING_LAST = 10;

    /** Price of a cut behind a colon: what it announces belongs with it. */
    private static final double COLON_LAST = 0.4;

    private final TokenCounter tokenCounter;
    private final int target;
    private final SizeLimit limit;
    private final Overlap overlap;

    StructureChunker(TokenCounter tokenCounter, ChunkingSettings settings) {
        this(
                tokenCounter,
                settings.targetTokens(),
                settings.maxTokens() - settings.overlapTokens(),
                new Overlap(settings.overlapTokens()));
    }

    /**
     * Cuts without the bounds that settings have.
     *
     * @param max most tokens of a chunk without its overlap
     */
    StructureChunker(TokenCounter tokenCounter, int target, int max, Overlap overlap) {
        this.tokenCounter = tokenCounter;
        this.target = Math.min(target, max);
        this.limit = new SizeLimit(max);
        this.overlap = overlap;
    }

    @Override
    public List<Chunk> chunk(CleanText clean) {
        List<Unit> units = Units.of(clean, tokenCounter, limit);
        int[] next = cheapestCuts(units);
        ChunkList chunks = new ChunkList(clean, units);
        int before = -1;
        for (int i = 0; i < units.size(); i = next[i]) {
            chunks.addOverlapping(overlap.first(units, i, before), new Run(i, next[i]));
            before = i;
        }
        return chunks.chunks();
    }

    /** Returns for each unit where the chunk that begins with it ends, so that all from there on are cheapest. */
    private int[] cheapestCuts(List<Unit> units) {
        int count = units.size();
        double[] price = new double[count + 1];
        int[] next = new int[count];
        for (int from = count - 1; from >= 0; from--) {
            price[from] = Double.POSITIVE_INFINITY;
            int tokens = 0;
            double inside = 0;
            for (int to = from; to < count; to++) {
                Unit unit = units.get(to);
                tokens += unit.tokens();
                boolean tooLong =
                        tokens > limit.tokens() || unit.end() - units.get(from).start() > limit.characters();
                if (tooLong && to > from) {
                    break;
                }
                inside += to > from ? inside(units.get(to - 1), unit) : 0;
                double total = inside + size(tokens) + cut(units, to) + price[to + 1];
                if (total < price[from]) {
                    price[from] = total;
                    next[from] = to + 1;
                }
            }
        }
        return next;
    }

    private double size(int tokens) {
        if (tokens <= target) {
            double missing = (double) (target - tokens) / target;
            return TOO_SMALL * missing * missing;
        }
        double above = (double) (tokens - target) / Math.max(1, limit.tokens() - target);
        return TOO_LARGE * above * above;
    }

    /** Returns the price of what lies between two units of the same chunk. */
    private static double inside(Unit before, Unit unit) {
        double price = before.page() == unit.page() ? 0 : PAGE_BREAK_INSIDE;
        if (unit.isHeading() && !before.isHeading()) {
            price += HEADING_INSIDE[Math.min(unit.heading(), HEADING_INSIDE.length - 1)];
        }
        return price;
    }

    /** Returns the price of a cut behind a unit. */
    private static double cut(List<Unit> units, int last) {
        if (last + 1 == units.size()) {
            return 0;
        }
        if (units.get(last).isHeading()) {
            return units.get(last + 1).isHeading()
                            && units.get(last + 1).heading() <= units.get(last).heading()
                    ? 0
                    : HEADING_LAST;
        }
        double colon = units.get(last).announces() ? COLON_LAST : 0;
        return colon
                + switch (units.get(last + 1).boundary()) {
                    case SECTION -> 0;
                    case PARAGRAPH -> 0.05;
                    case ITEM -> 0.25;
                    case SENTENCE -> 0.35;
                    case SLICE -> 0.6;
                };
    }
}
