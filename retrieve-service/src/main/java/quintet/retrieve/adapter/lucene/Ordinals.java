package quintet.retrieve.adapter.lucene;

import java.util.Arrays;

/** A list of vectors of a segment, by their ordinals. */
final class Ordinals {
    private int[] values;
    private int size;

    Ordinals(int expected) {
        values = new int[Math.max(16, expected)];
    }

    void add(int ordinal) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = ordinal;
    }

    int get(int i) {
        return values[i];
    }

    int size() {
        return size;
    }
}
