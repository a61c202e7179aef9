package quintet.bench.suite;

import java.util.List;
import java.util.Map;

/**
 * An answer with its evidence.
 *
 * @param finishReason {@code no_answer} when the passages hold none
 * @param degraded declared steps down
 * @param timingsMs milliseconds by stage
 */
public record Answer(
        String text,
        String finishReason,
        List<Citation> citations,
        List<Passage> sources,
        List<String> degraded,
        Map<String, Double> timingsMs) {
    /**
     * A cited sentence.
     *
     * @param sentencePage its page, from 1; 0 if not known
     */
    public record Citation(Passage source, int sentencePage, String sentence) {}

    /** Copies the lists and the map. */
    public Answer {
        citations = List.copyOf(citations);
        sources = List.copyOf(sources);
        degraded = List.copyOf(degraded);
        timingsMs = Map.copyOf(timingsMs);
    }

    /** Tells whether the suite said that it found no answer. */
    public boolean isRefusal() {
        return finishReason.equals("no_answer");
    }
}
