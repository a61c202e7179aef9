package quintet.encoder.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.encoder.model.ModelException;

/**
 * Turns a text into a vector of unit length, {@code [dimension]}: the mean of its words' vectors, each by its
 * {@link SifWeights weight}, without the {@link CommonComponent} where there is one (Arora, Liang and Ma 2017). The order of
 * words does not matter.
 *
 * <p>A word is looked up as it is written, then in lower case, then in parts (see {@link WordSplitter#parts}), each in the same
 * way; what is not found is counted and left out. Takes microseconds a text, on the caller's thread; safe for use by several.
 */
public final class WordEncoder {
    /** What is left of a vector at least, in proportion, for its direction to be more than rounding. */
    private static final double LEAST_REST = 1e-6;

    private final WordModelDescriptor descriptor;
    private final String revision;
    private final WordVectors vectors;
    private final SifWeights weights;
    private final @Nullable CommonComponent common;

    WordEncoder(
            WordModelDescriptor descriptor,
            String revision,
            WordVectors vectors,
            SifWeights weights,
            Optional<CommonComponent> common) {
        this.descriptor = descriptor;
        this.revision = revision;
        this.vectors = vectors;
        this.weights = weights;
        this.common = common.orElse(null);
    }

    /**
     * Loads a model.
     *
     * @throws ModelException if the model can not be loaded or is not as it is described
     */
    public static WordEncoder load(WordModelFolder folder) {
        return folder.load();
    }

    /** Returns what the model says about itself. */
    public WordModelDescriptor descriptor() {
        return descriptor;
    }

    /** Returns the revision of the model, 12 hexadecimal digits; see {@link WordModelFolder}. */
    public String revision() {
        return revision;
    }

    /** Returns the word vectors of the model. */
    public WordVectors vectors() {
        return vectors;
    }

    /**
     * Turns a text into its vector; the same text always gives the same bits.
     *
     * @throws NoKnownWordException if no word of the text is known
     */
    public WordEmbedding encode(String text) {
        Mean mean = new Mean(text);
        double before = length(mean.sum);
        if (common != null) {
            common.removeFrom(mean.sum);
        }
        double after = length(mean.sum);
        if (!(after > LEAST_REST * before)) {
            throw new NoKnownWordException(mean.known, mean.unknown);
        }
        float[] vector = new float[mean.sum.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (mean.sum[i] / after);
        }
        return new WordEmbedding(vector, mean.known, mean.unknown);
    }

    /** Returns the number of words of a text, known or not: this model's tokens. */
    public int countWords(String text) {
        int[] count = new int[1];
        WordSplitter.split(text, _ -> count[0]++);
        return count[0];
    }

    /** Returns the longest beginning of {@code text} with at most {@code maxWords} words. */
    public String firstWords(String text, int maxWords) {
        if (countWords(text) <= maxWords) {
            return text;
        }
        // A longer beginning never has fewer words, so the longest one is found by halving.
        int fits = 0;
        int tooLong = text.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (countWords(text.substring(0, middle)) <= maxWords) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        boolean insideCharacter = fits > 0 && Character.isHighSurrogate(text.charAt(fits - 1));
        return text.substring(0, insideCharacter ? fits - 1 : fits);
    }

    /**
     * Finds what the vectors of texts have in common. Some hundred texts of the kind that will be encoded are enough; texts
     * without a known word are left out.
     *
     * @throws IllegalArgumentException if no text has a known word
     */
    public CommonComponent commonComponent(Iterable<String> texts) {
        List<double[]> means = new ArrayList<>();
        for (String text : texts) {
            Mean mean = new Mean(text);
            double length = length(mean.sum);
            if (length > 0) {
                for (int i = 0; i < mean.sum.length; i++) {
                    mean.sum[i] /= mean.count;
                }
                means.add(mean.sum);
            }
        }
        if (means.isEmpty()) {
            throw new IllegalArgumentException("no text of the sample has a known word");
        }
        return CommonComponent.of(means.toArray(double[][]::new));
    }

    private int row(String word) {
        int row = vectors.row(word);
        if (row >= 0) {
            return row;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.equals(word) ? -1 : vectors.row(lower);
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /** The weighted sum of a text's word vectors. */
    private final class Mean {
        final double[] sum = new double[vectors.dimension()];
        /** Vectors in the sum: more than known words where these were found in parts. */
        int count;

        int known;
        int unknown;

        Mean(String text) {
            WordSplitter.split(text, this::addWord);
        }

        private void addWord(String word) {
            boolean found = add(word);
            if (!found) {
                for (String part : WordSplitter.parts(word)) {
                    found |= add(part) || (part.startsWith("'") && add(part.substring(1)));
                }
            }
            if (found) {
                known++;
            } else {
                unknown++;
            }
        }

        private boolean add(String word) {
            int row = row(word);
            if (row < 0) {
                return false;
            }
            vectors.addTo(sum, row, weights.of(row));
            count++;
            return true;
        }
    }
}
