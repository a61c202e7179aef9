package quintet.retrieve.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a list was found.
 *
 * @param exact whether every vector that might have been found was compared with; absent for words, and where a store decides by
 *     itself
 * @param compared vectors that the query was compared with; 0 where that is not known
 * @param eligible passages that the filter, the access and the phrases let through; 0 where that is not known
 * @param words that the query was matched by, at most {@value #MAX_WORDS}; none for vectors
 */
public record ListDetail(@Nullable Boolean exact, long compared, long eligible, List<AnalysedWord> words) {
    /** Most words that are told. */
    public static final int MAX_WORDS = 64;

    /** Copies the words. */
    public ListDetail {
        words = List.copyOf(words);
    }

    /** Returns the detail of a search by words. */
    public static ListDetail ofWords(long eligible, List<AnalysedWord> words) {
        return new ListDetail(null, 0, eligible, words);
    }
}
