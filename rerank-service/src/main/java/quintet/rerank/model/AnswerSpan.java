package quintet.rerank.model;

/**
 * Where the model reads the answer.
 *
 * @param start offset of the first character in the candidate's text, in UTF-16 code units
 * @param end offset behind the last character
 * @param score mean of start and end logits, comparable between candidates of one query
 */
public record AnswerSpan(int start, int end, float score) {
    /** Checks the order. */
    public AnswerSpan {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("a span from %d to %d is none".formatted(start, end));
        }
    }
}
