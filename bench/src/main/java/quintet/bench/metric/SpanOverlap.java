package quintet.bench.metric;

import java.util.BitSet;
import java.util.List;
import quintet.bench.data.Span;

/**
 * How well the retrieved spans of a text cover its relevant ones, as Chroma's report "Evaluating Chunking Strategies for
 * Retrieval" has it. What is retrieved twice counts twice below the line and once above it.
 *
 * @param recall share of what is relevant that was retrieved
 * @param precision share of what was retrieved that is relevant
 * @param iou intersection over union: what is relevant and retrieved, by what is either
 */
public record SpanOverlap(double recall, double precision, double iou) {
    /**
     * Compares spans.
     *
     * @param relevant at least one, not all empty
     * @param retrieved those of the same text
     * @param elsewhere length of what was retrieved of other texts
     */
    public static SpanOverlap of(List<Span> relevant, List<Span> retrieved, long elsewhere) {
        BitSet wanted = bits(relevant);
        BitSet both = bits(retrieved);
        both.and(wanted);
        long length = elsewhere + retrieved.stream().mapToLong(Span::length).sum();
        double found = both.cardinality();
        double missed = wanted.cardinality() - found;
        return new SpanOverlap(
                found / wanted.cardinality(), length == 0 ? 0 : found / length, found / Math.max(1, length + missed));
    }

    private static BitSet bits(List<Span> spans) {
        BitSet bits = new BitSet();
        spans.forEach(span -> bits.set(span.start(), span.end()));
        return bits;
    }
}
