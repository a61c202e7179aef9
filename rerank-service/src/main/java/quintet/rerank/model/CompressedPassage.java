package quintet.rerank.model;

import java.util.List;
import java.util.Optional;

/**
 * What is kept of a passage.
 *
 * @param outcome whether something is kept, and why not
 * @param spans what is kept of its text, in order, with a gap between each two; empty if nothing
 * @param text the characters of the spans, joined by a line break where one was left out between them and by a space elsewhere
 * @param tokens length of {@code text} as the model counts it
 * @param mergedInto position of the passage that says nearly the same and stands for this one; present with {@link Outcome#MERGED}
 */
public record CompressedPassage(
        Outcome outcome, List<TextSpan> spans, String text, int tokens, Optional<Integer> mergedInto) {
    /** What became of a passage. */
    public enum Outcome {
        /** Some of it or all is kept. */
        KEPT,
        /** It says nearly the same as one before it. */
        MERGED,
        /** None of its sentences matters to the query. */
        IRRELEVANT,
        /** Others took the tokens. */
        OVER_BUDGET
    }

    /** Copies the spans. */
    public CompressedPassage {
        spans = List.copyOf(spans);
    }
}
