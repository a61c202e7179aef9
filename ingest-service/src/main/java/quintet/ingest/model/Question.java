package quintet.ingest.model;

import java.util.Map;

/**
 * What generations of a collection are compared on.
 *
 * @param query 1 to {@value #MAX_LENGTH} characters, not blank
 * @param relevant grades of relevant documents by id, each 1 to {@value #MAX_GRADE}, at most {@value #MAX_RELEVANT}; none if
 *     nobody judged them
 */
public record Question(String query, Map<String, Integer> relevant) {
    /** Questions of a collection, at most. */
    public static final int MAX_COUNT = 1000;

    /** Longest query in UTF-16 code units. */
    public static final int MAX_LENGTH = 8192;

    /** Relevant documents of a question, at most. */
    public static final int MAX_RELEVANT = 1000;

    /** Highest grade. */
    public static final int MAX_GRADE = 100;

    /** Copies the grades and refuses what can be no question. */
    public Question {
        if (query.isBlank() || query.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("query has %d characters, must have 1 to %d and not only spaces"
                    .formatted(query.length(), MAX_LENGTH));
        }
        if (relevant.size() > MAX_RELEVANT) {
            throw new IllegalArgumentException(
                    "relevant has %d documents, must have at most %d".formatted(relevant.size(), MAX_RELEVANT));
        }
        relevant.forEach((document, grade) -> {
            if (!DocumentKey.DOCUMENT_ID.matcher(document).matches()) {
                throw new IllegalArgumentException("relevant names what can be no id of a document");
            }
            if (grade < 1 || grade > MAX_GRADE) {
                throw new IllegalArgumentException(
                        "the grade of document '%s' is %d, must be 1 to %d".formatted(document, grade, MAX_GRADE));
            }
        });
        relevant = Map.copyOf(relevant);
    }
}
