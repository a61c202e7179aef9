package quintet.retrieve.model.explanation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import quintet.retrieve.model.Fusion;

/**
 * How two lists became one.
 *
 * @param numbers that the method went by for this query, by their names in its class
 * @param parts of each candidate's score, by chunk id and by name
 * @param sentence why the lists count as they do
 */
public record ExplainedFusion(
        Fusion method, Map<String, Double> numbers, Map<String, Map<String, Double>> parts, String sentence) {
    /** Copies the maps, whose order stays. */
    public ExplainedFusion {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Returns the same without a number. */
    public ExplainedFusion without(String number) {
        Map<String, Double> others = new LinkedHashMap<>(numbers);
        others.remove(number);
        return new ExplainedFusion(method, others, parts, sentence);
    }
}
