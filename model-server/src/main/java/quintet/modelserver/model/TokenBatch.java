package quintet.modelserver.model;

import java.util.Arrays;

/** Tokens of several sequences that are computed together. Filled, used and cleared by one thread. */
public final class TokenBatch {
    private final int[] tokens;
    private final int[] positions;
    private final int[] sequences;
    private final boolean[] logits;
    private int size;

    /** Of a capacity in tokens. */
    public TokenBatch(int capacity) {
        this.tokens = new int[capacity];
        this.positions = new int[capacity];
        this.sequences = new int[capacity];
        this.logits = new boolean[capacity];
    }

    /** Adds a token at a position of a sequence, from 0; {@code wanted} tells whether its logits are needed. */
    public void add(int token, int position, int sequence, boolean wanted) {
        if (size == tokens.length) {
            throw new IllegalStateException("a batch of %d tokens is full".formatted(size));
        }
        tokens[size] = token;
        positions[size] = position;
        sequences[size] = sequence;
        logits[size++] = wanted;
    }

    /** The part from one index to before another, as a batch of its own. */
    public TokenBatch slice(int from, int to) {
        TokenBatch part = new TokenBatch(to - from);
        for (int i = from; i < to; i++) {
            part.add(tokens[i], positions[i], sequences[i], logits[i]);
        }
        return part;
    }

    /** Removes all tokens. */
    public void clear() {
        size = 0;
    }

    /** Number of tokens. */
    public int size() {
        return size;
    }

    /** Number of tokens that can be added. */
    public int room() {
        return tokens.length - size;
    }

    /** Token at an index. */
    public int token(int index) {
        return tokens[index];
    }

    /** Position in its sequence. */
    public int position(int index) {
        return positions[index];
    }

    /** Its sequence. */
    public int sequence(int index) {
        return sequences[index];
    }

    /** Whether its logits are needed. */
    public boolean wanted(int index) {
        return logits[index];
    }

    @Override
    public String toString() {
        return "TokenBatch" + Arrays.toString(Arrays.copyOf(tokens, size));
    }
}
