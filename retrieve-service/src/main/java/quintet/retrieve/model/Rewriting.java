package quintet.retrieve.model;

import java.util.List;
import java.util.Set;

/**
 * What may be done to a query before it is searched.
 *
 * @param history the conversation before the query, oldest turn first, at most {@value #MAX_TURNS} turns
 * @param followUp a query that points back into the history is made to stand by itself
 * @param spelling words that the collection does not know are searched as the nearest ones that it knows, too
 * @param abbreviations abbreviations that the collection explains are searched in both forms
 * @param feedback words of the best passages that the query's words find are searched too (RM3)
 * @param expansions further queries that a model server writes; without one, none are searched
 * @param selfQuery what becomes of filters recognised in the query
 */
public record Rewriting(
        List<Turn> history,
        boolean followUp,
        boolean spelling,
        boolean abbreviations,
        boolean feedback,
        Set<Expansion> expansions,
        SelfQuery selfQuery) {
    /** Most turns of a history. */
    public static final int MAX_TURNS = 64;

    /** What is done when the caller says nothing: what helps on the development sets, see the README of bench. */
    public static final Rewriting DEFAULT =
            new Rewriting(List.of(), true, true, true, false, Set.of(), SelfQuery.SUGGEST);

    /** Searches the query as it is. */
    public static final Rewriting NONE = new Rewriting(List.of(), false, false, false, false, Set.of(), SelfQuery.OFF);

    /** Copies the collections and refuses a history that is too long. */
    public Rewriting {
        if (history.size() > MAX_TURNS) {
            throw new IllegalArgumentException(
                    "history has %d turns, must have at most %d".formatted(history.size(), MAX_TURNS));
        }
        history = List.copyOf(history);
        expansions = Set.copyOf(expansions);
    }

    /** Returns whether anything has to be looked up in the vocabulary of the collection. */
    public boolean recognises() {
        return spelling || abbreviations || selfQuery != SelfQuery.OFF;
    }
}
