package quintet.retrieve.adapter.qdrant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.qdrant.client.grpc.Points.SparseVector;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Words as sparse vectors whose dot product is a BM25 score (Robertson, Zaragoza: The probabilistic relevance framework, 2009):
 * a passage has {@code f / (f + k1 (1 - b + b length / average))} for each of its words, a query how often it has the word, and
 * Qdrant multiplies by the word's inverse document frequency, {@code ln(1 + (N - n + 0.5) / (n + 0.5))}, as Lucene does.
 *
 * <p>A word's index is its hash of 32 bits. Of 100,000 different words about one has the hash of another; a query for one of
 * the two finds the other as well.
 */
final class SparseWords {
    private final float k1;
    private final float b;
    private final float average;

    SparseWords(float k1, float b, float average) {
        this.k1 = k1;
        this.b = b;
        this.average = average;
    }

    /** Returns the vector of a passage by how often it has each word, weighted. */
    SparseVector ofPassage(Map<String, Float> frequencies) {
        float length = 0;
        for (float frequency : frequencies.values()) {
            length += frequency;
        }
        float saturation = k1 * (1 - b + b * length / average);
        SortedMap<Integer, Float> weights = new TreeMap<>(Integer::compareUnsigned);
        frequencies.forEach(
                (word, frequency) -> weights.merge(index(word), frequency / (frequency + saturation), Float::sum));
        return vector(weights);
    }

    /** Returns the vector of a query by how much each of its words counts. */
    static SparseVector ofQuery(Map<String, Float> words) {
        SortedMap<Integer, Float> weights = new TreeMap<>(Integer::compareUnsigned);
        words.forEach((word, weight) -> weights.merge(index(word), weight, Float::sum));
        return vector(weights);
    }

    private static int index(String word) {
        return Murmur3.hash(word.getBytes(UTF_8));
    }

    private static SparseVector vector(SortedMap<Integer, Float> weights) {
        return SparseVector.newBuilder()
                .addAllIndices(weights.keySet())
                .addAllValues(weights.values())
                .build();
    }
}
