package quintet.encoder.words;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import quintet.encoder.model.ModelException;

/**
 * Words and their vectors, {@code [size, dimension]} in one array, in the order of their file. Takes about
 * {@code 4 * dimension + }{@value #BYTES_PER_WORD} bytes of heap a word: 0.5 GB for 400,000 words of 300 dimensions, 3.7 GB for
 * 3,000,000. Never changes once read.
 */
public final class WordVectors {
    /** Most words of a file that are believed; the largest public files have 3 million. */
    static final int MAX_WORDS = 20_000_000;
    /** Most dimensions that are believed; public files have 25 to 1,000. */
    static final int MAX_DIMENSION = 4_096;
    /** Of a word itself and its place in the table. */
    static final int BYTES_PER_WORD = 40;

    private final WordTable words;
    private final float[] values;
    private final int dimension;

    /** Takes the vectors of the table's words, row after row; what lies behind the last is not read. */
    WordVectors(WordTable words, float[] values, int dimension) {
        this.words = words;
        this.values = values;
        this.dimension = dimension;
    }

    /**
     * Reads Word2Vec's text (a header of words and dimension), Word2Vec's binary or GloVe's text (no header), with gzip around
     * it or not; which of them is seen from the content. The file is read twice, as a stream. Of a word that comes twice the
     * first vector counts.
     *
     * @throws ModelException if the file can not be read, is none of these, ends early, or has a value that is no finite
     *     number; names the line of a text or the entry of a binary, from 1
     */
    public static WordVectors read(Path file) {
        return VectorFile.read(file);
    }

    /** Returns the number of words. */
    public int size() {
        return words.size();
    }

    /** Returns the length of the vectors. */
    public int dimension() {
        return dimension;
    }

    /** Returns the row of a word exactly as it is written, from 0 in the order of the file, or -1 if it has none. */
    public int row(String word) {
        return words.row(word);
    }

    /** Returns the word of a row. */
    public String word(int row) {
        return words.word(Objects.checkIndex(row, size()));
    }

    /** Returns a copy of the vector of a row, {@code [dimension]}, as it is in the file: not of unit length. */
    public float[] vector(int row) {
        int from = Objects.checkIndex(row, size()) * dimension;
        return Arrays.copyOfRange(values, from, from + dimension);
    }

    /** Adds {@code weight} times the vector of a row to {@code sum}. */
    void addTo(double[] sum, int row, double weight) {
        int from = row * dimension;
        for (int i = 0; i < dimension; i++) {
            sum[i] += weight * values[from + i];
        }
    }
}
