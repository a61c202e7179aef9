package quintet.ingest.pipeline.chunking;

import java.util.List;

/** The sentences that a chunk repeats from the one before it: of the same section and page, and not all of them. */
final class Overlap {
    private final SizeLimit limit;

    /**
     * Repeats at most so much.
     *
     * @param tokens 0 for nothing
     */
    Overlap(int tokens) {
        limit = new SizeLimit(tokens);
    }

    /**
     * Returns the first unit of the chunk that begins with {@code from}, with what it repeats.
     *
     * @param before first unit of the chunk before, without what that one repeats; -1 if there is none
     */
    int first(List<Unit> units, int from, int before) {
        int first = from;
        int tokens = 0;
        while (first - 1 > before) {
            Unit unit = units.get(first - 1);
            int characters = units.get(from).start() - unit.start();
            tokens += unit.tokens();
            if (units.get(first).boundary() == Unit.Boundary.SECTION
                    || unit.isHeading()
                    || unit.page() != units.get(from).page()
                    || tokens > limit.tokens()
                    || characters > limit.characters()) {
                break;
            }
            first--;
        }
        return first;
    }
}
