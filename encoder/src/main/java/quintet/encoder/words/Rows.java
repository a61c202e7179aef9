package quintet.encoder.words;

/** Word vectors while they are being read: each is written behind the last row, and stays if its word is new. */
final class Rows {
    private final WordTable words;
    private final float[] values;
    private final int capacity;
    private final int dimension;

    Rows(int capacity, int dimension) {
        this.words = new WordTable(capacity);
        this.values = new float[capacity * dimension];
        this.capacity = capacity;
        this.dimension = dimension;
    }

    int capacity() {
        return capacity;
    }

    int dimension() {
        return dimension;
    }

    /** Returns the array in which the values of the next vector go, from {@link #offset}. */
    float[] values() {
        return values;
    }

    int offset() {
        return words.size() * dimension;
    }

    /** Keeps the vector that was written last as that of {@code word}, unless the word has one. */
    void keep(String word) {
        boolean _ = words.add(word);
    }

    WordVectors toVectors() {
        return new WordVectors(words, values, dimension);
    }
}
