package quintet.generate.model;

import java.util.List;

/**
 * A question as it was asked; {@code QuestionRules} says which ones are answered.
 *
 * @param collection collection to answer from
 * @param text the question itself
 * @param history earlier turns, oldest first
 * @param filter which passages may be used
 * @param topK number of passages to answer from
 * @param instructions what the calling application asks of a model server beside the question; empty for none
 * @param asker who asks
 */
public record Question(
        String collection,
        String text,
        List<Turn> history,
        PassageFilter filter,
        int topK,
        String instructions,
        Asker asker) {
    /** The collection when a client names none. */
    public static final String DEFAULT_COLLECTION = "default";

    /** The number of passages when a client names none. */
    public static final int DEFAULT_TOP_K = 6;

    /** Copies the lists. */
    public Question {
        history = List.copyOf(history);
    }
}
