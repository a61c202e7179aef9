package quintet.retrieve.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What is searched by words.
 *
 * @param text the query
 * @param also further words, each with its weight
 */
public record LexicalQuery(String text, List<WeightedText> also) {
    /** Copies the words. */
    public LexicalQuery {
        also = List.copyOf(also);
    }

    /** Returns a query of nothing but a text. */
    public static LexicalQuery of(String text) {
        return new LexicalQuery(text, List.of());
    }

    /** Returns this query with further words behind those that it has. */
    public LexicalQuery with(List<WeightedText> more) {
        List<WeightedText> all = new ArrayList<>(also);
        all.addAll(more);
        return new LexicalQuery(text, all);
    }

    /** Returns all words with the same weight, for an index that knows no other. */
    public String flat() {
        StringBuilder flat = new StringBuilder(text);
        also.forEach(words -> flat.append(' ').append(words.text()));
        return flat.toString();
    }
}
