package quintet.generate.model;

import java.util.List;

/**
 * A sentence of an answer.
 *
 * @param start offset of its first character in the answer as it was sent, in UTF-16 code units
 * @param end offset behind its last character
 * @param text the sentence without its marks
 * @param cited numbers of the sources that it names, in their order
 */
public record Claim(int start, int end, String text, List<Integer> cited) {
    /** Copies the numbers. */
    public Claim {
        cited = List.copyOf(cited);
    }
}
