package quintet.embed.adapter.onnx;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** The model that is shipped by default against the single-precision one it is made of, on a retrieval set. */
class ShippedModelTest {
    private static final int QUERIES = 300;

    @TempDir
    private static Path cache;

    private static BiEncoder shipped;
    private static BiEncoder original;
    private static List<String> passageIds = List.of();
    private static List<Set<String>> relevant = List.of();
    private static List<float[]> shippedPassages = List.of();
    private static List<float[]> shippedQueries = List.of();
    private static List<float[]> originalPassages = List.of();
    private static List<float[]> originalQueries = List.of();

    @BeforeAll
    static void embedARetrievalSet() throws IOException {
        Path set = Path.of(Optional.ofNullable(System.getenv("QUINTET_SHARED_DATA"))
                        .orElse("../../shared/data"))
                .resolve("retrieval/xquad_en");
        assumeTrue(
                Files.isDirectory(set),
                () -> "skipped: %s is absent, name its root in QUINTET_SHARED_DATA".formatted(set));
        Map<String, String> passages = texts(set.resolve("corpus.jsonl"));
        Map<String, String> queries = texts(set.resolve("queries.jsonl"));
        queries.keySet().retainAll(queries.keySet().stream().limit(QUERIES).toList());
        passageIds = List.copyOf(passages.keySet());
        relevant = relevant(set.resolve("qrels/test.tsv"), queries.keySet());
        shipped = load("bge-small-en-v1.5-int8");
        original = load("bge-small-en-v1.5");
        shippedPassages = embed(
                shipped,
                passages.values().stream()
                        .map(text -> shipped.passage(cut(text)))
                        .toList());
        shippedQueries =
                embed(shipped, queries.values().stream().map(shipped::query).toList());
        originalPassages = embed(
                original,
                passages.values().stream()
                        .map(text -> original.passage(cut(text)))
                        .toList());
        originalQueries =
                embed(original, queries.values().stream().map(original::query).toList());
    }

    @AfterAll
    static void close() {
        if (original != null) {
            shipped.close(Duration.ofSeconds(5));
            original.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void pointsTheSameWayAsTheOriginal() {
        double sum = 0;
        double least = 1;
        for (List<List<float[]>> pair :
                List.of(List.of(shippedPassages, originalPassages), List.of(shippedQueries, originalQueries))) {
            for (int i = 0; i < pair.get(0).size(); i++) {
                double cosine = dot(pair.get(0).get(i), pair.get(1).get(i));
                sum += cosine;
                least = Math.min(least, cosine);
            }
        }
        int count = shippedPassages.size() + shippedQueries.size();
        assertThat(count).isGreaterThanOrEqualTo(500);
        System.out.printf(
                "cosine to single precision over %d texts: mean %.5f, least %.5f%n", count, sum / count, least);
        assertThat(sum / count).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void findsTheSameFirstFive() {
        double overlap = 0;
        for (int i = 0; i < shippedQueries.size(); i++) {
            Set<Integer> found = new HashSet<>(nearest(shippedQueries.get(i), shippedPassages, 5));
            found.retainAll(nearest(originalQueries.get(i), originalPassages, 5));
            overlap += found.size() / 5.0 / shippedQueries.size();
        }
        System.out.printf("overlap of the first five: %.4f%n", overlap);
        assertThat(overlap).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void findsAsWellAsTheOriginal() {
        double found = meanNdcg(shippedQueries, shippedPassages);
        double reference = meanNdcg(originalQueries, originalPassages);
        System.out.printf("nDCG@10: %.4f, in single precision %.4f%n", found, reference);
        assertThat(found).isGreaterThanOrEqualTo(0.995 * reference);
    }

    @Test
    void givesTheSameBitsAloneAndInAnyBatch() {
        List<String> texts = IntStream.range(0, 30)
                .mapToObj(i ->
                        "Text number %d speaks of ".formatted(i) + "fitness classes and gyms ".repeat(i % 7 * i / 2))
                .toList();
        BiEncoder encoder = load("bge-small-en-v1.5-int8");
        List<TokenSequence> sequences = texts.stream().map(encoder::passage).toList();
        List<float[]> alone = new ArrayList<>();
        sequences.forEach(sequence -> alone.addAll(embed(encoder, List.of(sequence))));
        long seed = 7;
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(order, new Random(seed + round));
            List<float[]> together =
                    embed(encoder, order.stream().map(sequences::get).toList());
            for (int i = 0; i < order.size(); i++) {
                assertThat(together.get(i)).as("seed %d", seed + round).containsExactly(alone.get(order.get(i)));
            }
        }
        encoder.close(Duration.ofSeconds(5));
    }

    private static double meanNdcg(List<float[]> queries, List<float[]> passages) {
        double sum = 0;
        for (int q = 0; q < queries.size(); q++) {
            List<Integer> found = nearest(queries.get(q), passages, 10);
            double gain = 0;
            double ideal = 0;
            for (int rank = 0; rank < found.size(); rank++) {
                double discount = 1 / (Math.log(rank + 2) / Math.log(2));
                gain += relevant.get(q).contains(passageIds.get(found.get(rank))) ? discount : 0;
                ideal += rank < relevant.get(q).size() ? discount : 0;
            }
            sum += gain / ideal;
        }
        return sum / queries.size();
    }

    private static List<Integer> nearest(float[] query, List<float[]> passages, int count) {
        return IntStream.range(0, passages.size())
                .boxed()
                .sorted(comparingDouble((Integer i) -> dot(query, passages.get(i)))
                        .reversed())
                .limit(count)
                .toList();
    }

    private static BiEncoder load(String model) {
        return BiEncoder.load(
                ModelPackage.ofResources("models/" + model),
                new EncoderOptions(cache, 2, 2_048, 1, 192, RunListener.NONE));
    }

    private static List<float[]> embed(BiEncoder encoder, List<TokenSequence> sequences) {
        return encoder.submit(sequences, Priority.INTERACTIVE).stream()
                .map(CompletableFuture::join)
                .map(Timed::value)
                .toList();
    }

    /** One passage of the set is longer than the model. */
    private static String cut(String text) {
        TokenizedText tokens = shipped.tokenizer().tokenize(text);
        return tokens.size() <= 510 ? text : text.substring(0, tokens.end(509));
    }

    private static Map<String, String> texts(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, String> texts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = json.readTree(line);
            texts.put(node.get("_id").asText(), node.get("text").asText());
        }
        return texts;
    }

    private static List<Set<String>> relevant(Path file, Set<String> queries) throws IOException {
        Map<String, Set<String>> byQuery = new LinkedHashMap<>();
        queries.forEach(query -> byQuery.put(query, new HashSet<>()));
        for (String line : Files.readAllLines(file)) {
            String[] columns = line.split("\t", -1);
            Set<String> passages = byQuery.get(columns[0]);
            if (passages != null && !columns[2].equals("0")) {
                passages.add(columns[1]);
            }
        }
        return List.copyOf(byQuery.values());
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
