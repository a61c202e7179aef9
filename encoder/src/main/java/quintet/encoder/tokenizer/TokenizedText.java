package quintet.encoder.tokenizer;

import java.util.Arrays;
import java.util.Objects;

/** The tokens of one text, in order, each with its place in that text. Immutable. */
public final class TokenizedText {
    private final int[] ids;
    private final int[] starts;
    private final int[] ends;
    private final int size;

    private TokenizedText(int[] ids, int[] starts, int[] ends, int size) {
        this.ids = ids;
        this.starts = starts;
        this.ends = ends;
        this.size = size;
    }

    /** Returns {@code count} times the same token at the beginning of a text, to try a model with. */
    public static TokenizedText repeat(int id, int count) {
        int[] ids = new int[count];
        Arrays.fill(ids, id);
        return new TokenizedText(ids, new int[count], new int[count], count);
    }

    /** Returns the number of tokens; 0 for a text of nothing but white space. */
    public int size() {
        return size;
    }

    /** Returns the vocabulary id of token {@code i}. */
    public int id(int i) {
        return ids[Objects.checkIndex(i, size)];
    }

    /** Returns the offset of the first character of token {@code i} in the text, in UTF-16 code units. */
    public int start(int i) {
        return starts[Objects.checkIndex(i, size)];
    }

    /** Returns the offset behind the last character of token {@code i} in the text, in UTF-16 code units. */
    public int end(int i) {
        return ends[Objects.checkIndex(i, size)];
    }

    /** Returns the first {@code maxTokens} tokens, or all if there are no more. */
    public TokenizedText limit(int maxTokens) {
        return maxTokens >= size ? this : new TokenizedText(ids, starts, ends, Math.max(0, maxTokens));
    }

    @Override
    public String toString() {
        return "TokenizedText" + Arrays.toString(Arrays.copyOf(ids, size));
    }

    /** Collects tokens. */
    static final class Builder {
        private int[] ids;
        private int[] starts;
        private int[] ends;
        private int size;

        Builder(int expectedSize) {
            ids = new int[expectedSize];
            starts = new int[expectedSize];
            ends = new int[expectedSize];
        }

        void add(int id, int start, int end) {
            if (size == ids.length) {
                int larger = size * 2;
                ids = Arrays.copyOf(ids, larger);
                starts = Arrays.copyOf(starts, larger);
                ends = Arrays.copyOf(ends, larger);
            }
            ids[size] = id;
            starts[size] = start;
            ends[size++] = end;
        }

        int size() {
            return size;
        }

        void truncate(int newSize) {
            size = newSize;
        }

        TokenizedText build() {
            return new TokenizedText(ids, starts, ends, size);
        }
    }
}
