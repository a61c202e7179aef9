package quintet.modelserver.pipeline;

import org.jspecify.annotations.Nullable;
import quintet.modelserver.model.Tokens;

/**
 * A sequence of the model's cache: free, perhaps with what is left of its last completion, or taken by one. {@code text} are its tokens,
 * of which the first {@code cached} are in the cache.
 */
final class Slot {
    private final int sequence;
    private final Tokens text = new Tokens();
    private int cached;
    private long used;
    private @Nullable Completion completion;

    Slot(int sequence) {
        this.sequence = sequence;
    }

    int sequence() {
        return sequence;
    }

    Tokens text() {
        return text;
    }

    /** Number of its tokens in the cache. */
    int cached() {
        return cached;
    }

    void cached(int tokens) {
        cached = tokens;
    }

    /** Number of its tokens that are not in the cache yet. */
    int pending() {
        return text.size() - cached;
    }

    @Nullable
    Completion completion() {
        return completion;
    }

    boolean free() {
        return completion == null;
    }

    /** When it was taken or left, as a count. */
    long used() {
        return used;
    }

    /** Gives it to a completion whose prompt begins with what is cached. */
    void take(Completion next, long now) {
        text.truncate(cached);
        for (int i = cached; i < next.prompt().size(); i++) {
            text.add(next.prompt().get(i));
        }
        completion = next;
        used = now;
    }

    /** Leaves it; what is cached stays. */
    void leave(long now) {
        text.truncate(cached);
        completion = null;
        used = now;
    }

    /** Takes over from another slot what it has cached, up to a length. */
    void adopt(Slot other, int length) {
        text.truncate(0);
        for (int i = 0; i < length; i++) {
            text.add(other.text.get(i));
        }
        cached = length;
    }

    /** Keeps only the first tokens of what is cached. */
    void cut(int length) {
        text.truncate(length);
        cached = length;
    }
}
