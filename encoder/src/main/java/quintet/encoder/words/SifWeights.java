package quintet.encoder.words;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quintet.encoder.model.ModelException;

/**
 * How much a word says: {@code a / (a + p(w))} with the probability {@code p(w)} of the word in running text. Smooth inverse
 * frequency of Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", ICLR 2017.
 */
public final class SifWeights {
    /** The paper's {@code a}. */
    static final double A = 1e-3;

    private static final Pattern COUNTED = Pattern.compile("(\\S.*?)[ \t]+(\\d{1,15})\\s*");

    private final float[] weights;

    private SifWeights(float[] weights) {
        this.weights = weights;
    }

    /**
     * Estimates probabilities by Zipf's law from the words' order: {@code p = 1 / (rank * H)} with the rank from 1 and {@code H}
     * the sum of {@code 1 / rank} over all. Word2Vec and GloVe write the most frequent word first; for a file in another order
     * the weights are wrong, and it needs a file of frequencies.
     */
    public static SifWeights ofRanks(WordVectors vectors) {
        double harmonic = 0;
        for (int rank = vectors.size(); rank >= 1; rank--) {
            harmonic += 1.0 / rank;
        }
        float[] weights = new float[vectors.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = weight(1 / ((row + 1) * harmonic));
        }
        return new SifWeights(weights);
    }

    /**
     * Takes probabilities from a file with a word and its count a line, separated by spaces or tabs, as {@code word2vec
     * -save-vocab} and GloVe's {@code vocab_count} write it. A word without a count is taken as so rare that its weight is 1;
     * words without a vector count for the total.
     *
     * @throws ModelException if the file can not be read or a line is something else; names the line
     */
    public static SifWeights ofFrequencies(WordVectors vectors, Path file) {
        long[] counts = new long[vectors.size()];
        long total = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(VectorFile.open(file), StandardCharsets.UTF_8))) {
            int number = 1;
            for (String line; (line = lines.readLine()) != null; number++) {
                Matcher counted = COUNTED.matcher(line);
                if (!counted.matches()) {
                    throw new ModelException("%s, line %d is \"%s\", must be a word and its count"
                            .formatted(file, number, line.substring(0, Math.min(80, line.length()))));
                }
                long count = Long.parseLong(counted.group(2));
                int row = vectors.row(counted.group(1));
                if (row >= 0) {
                    counts[row] += count;
                }
                total = Math.addExact(total, count);
            }
        } catch (IOException e) {
            throw new ModelException("could not read %s (%s)".formatted(file, e), e);
        }
        if (total == 0) {
            throw new ModelException("%s counts no word".formatted(file));
        }
        float[] weights = new float[counts.length];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = weight((double) counts[row] / total);
        }
        return new SifWeights(weights);
    }

    /** Returns the weight of the word of a row, more than 0 and at most 1. */
    public float of(int row) {
        return weights[row];
    }

    private static float weight(double probability) {
        return (float) (A / (A + probability));
    }
}
