package quintet.modelserver.model;

import java.util.Arrays;
import java.util.List;

/** Token ids in order; grows at its end. Not thread-safe. */
public final class Tokens {
    private int[] ids;
    private int size;

    /** None. */
    public Tokens() {
        this.ids = new int[64];
    }

    /** These. */
    public Tokens(int... ids) {
        this.ids = ids.clone();
        this.size = ids.length;
    }

    /** Adds one. */
    public void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Math.max(16, size * 2));
        }
        ids[size++] = id;
    }

    /** Keeps only the first {@code count}. */
    public void truncate(int count) {
        size = Math.min(size, count);
    }

    /** Number of tokens. */
    public int size() {
        return size;
    }

    /** The one at an index. */
    public int get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index %d of %d tokens".formatted(index, size));
        }
        return ids[index];
    }

    /** How many tokens from the first on are the same in both, of the first {@code limit} of these. */
    public int commonPrefix(Tokens other, int limit) {
        int length = Math.min(Math.min(size, limit), other.size);
        int different = Arrays.mismatch(ids, 0, length, other.ids, 0, length);
        return different < 0 ? length : different;
    }

    /** All of them. */
    public List<Integer> toList() {
        return Arrays.stream(ids, 0, size).boxed().toList();
    }

    @Override
    public String toString() {
        return toList().toString();
    }
}
