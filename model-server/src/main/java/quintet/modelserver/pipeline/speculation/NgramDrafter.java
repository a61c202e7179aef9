package quintet.modelserver.pipeline.speculation;

import java.util.List;
import quintet.modelserver.model.Tokens;

/**
 * Guesses that a text goes on as it did where its last tokens stood before: prompt lookup (Saxena 2023). Answers that quote their
 * passages do. Costs a scan over the text, and no model.
 */
public final class NgramDrafter implements Drafter {
    private final int longest;
    private final int shortest;

    /**
     * Looks for the longest run first.
     *
     * @param longest tokens that have to be the same at best
     * @param shortest and at least, 1 or more; shorter ones are found more often and wrong more often
     */
    public NgramDrafter(int longest, int shortest) {
        if (shortest < 1 || longest < shortest) {
            throw new IllegalArgumentException("runs of %d to %d tokens, must be 1 or more and not the shorter first"
                    .formatted(shortest, longest));
        }
        this.longest = longest;
        this.shortest = shortest;
    }

    @Override
    public List<Tokens> draft(List<Continuation> texts) {
        return texts.stream().map(this::draft).toList();
    }

    private Tokens draft(Continuation continuation) {
        Tokens text = continuation.text();
        for (int length = Math.min(longest, text.size() - 1); length >= shortest; length--) {
            int next = behindLast(text, length);
            if (next >= 0) {
                return copy(text, next, continuation.length());
            }
        }
        return new Tokens();
    }

    /** Returns where the text went on the last time that its end stood there before; -1 if it never did. */
    private static int behindLast(Tokens text, int length) {
        int end = text.size() - length;
        for (int at = end - 1; at >= 0; at--) {
            int same = 0;
            while (same < length && text.get(at + same) == text.get(end + same)) {
                same++;
            }
            if (same == length) {
                return at + length;
            }
        }
        return -1;
    }

    /** Copies from there; behind the end comes the copy itself, which continues a repetition. */
    private static Tokens copy(Tokens text, int from, int count) {
        Tokens draft = new Tokens();
        for (int i = from; i < from + count; i++) {
            draft.add(i < text.size() ? text.get(i) : draft.get(i - text.size()));
        }
        return draft;
    }
}
