package quintet.retrieve.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word of a query as the index reads it.
 *
 * @param form the stem that is looked up
 * @param languages that read it so, by ISO 639-1 code, {@code cjk} or {@code other}
 * @param fields that have it: of {@code text}, {@code title} and {@code section}; none where a store does not tell
 * @param passages that have it among those that the caller may see; absent where a store does not tell
 * @param weight inverse document frequency among those passages, times how often the query has the word or the weight that it was
 *     added with; without the frequency where a store does not tell
 */
public record AnalysedWord(
        String form,
        List<String> languages,
        List<String> fields,
        @Nullable Long passages,
        double weight) {
    /** Copies the lists. */
    public AnalysedWord {
        languages = List.copyOf(languages);
        fields = List.copyOf(fields);
    }
}
