package quintet.retrieve.port;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import quintet.retrieve.FilterEvaluator;
import quintet.retrieve.RandomFilters;
import quintet.retrieve.Samples;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.Comparison;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.MetadataFilter.Exists;
import quintet.retrieve.model.MetadataFilter.Not;
import quintet.retrieve.model.MetadataFilter.Prefix;
import quintet.retrieve.model.UnitVector;

/** What filters keep in every {@link PassageIndex}: what {@link FilterEvaluator} says. */
public interface FilterContract {
    int FILTERS = 400;

    PassageIndex index();

    PassageWriter writer();

    private void put(String documentId, DocumentInfo info) {
        var part = whole(ref(documentId, 1), info, "same words", "same other");
        assertThat(writer().put(part.ref(), List.of(part)).passageCount()).isEqualTo(2);
    }

    private void put(String documentId, Map<String, String> metadata) {
        put(documentId, Samples.info(documentId + ".txt", metadata));
    }

    private static List<String> documents(CandidateList list) {
        return list.candidates().stream()
                .map(Candidate::chunkId)
                .sorted()
                .filter(id -> id.endsWith("#000"))
                .map(id -> id.substring(0, id.length() - 4))
                .toList();
    }

    private List<String> kept(MetadataFilter filter) {
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            UnitVector anything = vector("anything at all");
            CandidateList lexical = await(view.matching("same", filter, 200));
            CandidateList dense = await(view.nearest(anything, filter, 200));
            assertThat(documents(dense)).as("dense, %s", filter).isEqualTo(documents(lexical));
            assertThat(lexical.candidates()).hasSize(2 * documents(lexical).size());
            return documents(lexical);
        }
    }

    private static MetadataFilter range(String field, Comparison comparison, String end) {
        return comparison.range(field, end).orElseThrow();
    }

    @Test
    default void keepsWhatPlainJavaKeepsUnderRandomFilters() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        RandomFilters random = new RandomFilters(new Random(seed));
        Map<String, DocumentInfo> documents = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            documents.put("d" + i, random.info("d" + i));
        }
        documents.forEach(this::put);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < FILTERS; i++) {
            MetadataFilter filter = random.filter(1 + i % 4);
            List<String> expected = documents.keySet().stream()
                    .filter(id -> FilterEvaluator.keeps(filter, id, documents.get(id)))
                    .toList();
            assertThat(kept(filter)).as("seed %d, %s", seed, filter).isEqualTo(expected);
            sizes.add(expected.size());
        }
        assertThat(sizes).filteredOn(size -> size > 0 && size < 60).hasSizeGreaterThan(FILTERS / 2);
    }

    @Test
    default void comparesNumbersBySizeAndNothingElseAsNumbers() {
        put("a", Map.of("n", "9"));
        put("b", Map.of("n", "10"));
        put("c", Map.of("n", "1e2"));
        put("d", Map.of("n", "-3.5"));
        put("e", Map.of("n", "ten"));
        put("f", Map.of("n", "2024-05-01"));
        put("g", Map.of());
        assertThat(kept(range("n", Comparison.AT_LEAST, "10"))).containsExactly("b", "c");
        assertThat(kept(range("n", Comparison.MORE, "10"))).containsExactly("c");
        assertThat(kept(range("n", Comparison.LESS, "10"))).containsExactly("a", "d");
        assertThat(kept(range("n", Comparison.AT_MOST, "10"))).containsExactly("a", "b", "d");
        assertThat(kept(new Not(range("n", Comparison.LESS, "10")))).containsExactly("b", "c", "e", "f", "g");
    }

    @Test
    default void comparesTimesAndTakesADayForAllOfIt() {
        put("a", Map.of("created", "2024-04-30T23:59:59.999Z"));
        put("b", Map.of("created", "2024-05-01"));
        put("c", Map.of("created", "2024-05-02T01:30:00+02:00"));
        put("d", Map.of("created", "2024-05-02"));
        put("e", Map.of("created", "20240501"));
        assertThat(kept(range("created", Comparison.LESS, "2024-05-01"))).containsExactly("a");
        assertThat(kept(range("created", Comparison.AT_MOST, "2024-05-01"))).containsExactly("a", "b", "c");
        assertThat(kept(range("created", Comparison.MORE, "2024-05-01"))).containsExactly("d");
        assertThat(kept(range("created", Comparison.AT_LEAST, "2024-05-01"))).containsExactly("b", "c", "d");
        assertThat(kept(range("created", Comparison.MORE, "2024-04"))).containsExactly("b", "c", "d");
        assertThat(kept(range("created", Comparison.MORE, "2024-05-01T23:29:59Z")))
                .containsExactly("c", "d");
    }

    @Test
    default void aFilterThatCanMatchNothingKeepsNothing() {
        put("a", Map.of("n", "5"));
        MetadataFilter never =
                MetadataFilter.all(List.of(range("n", Comparison.MORE, "9"), range("n", Comparison.LESS, "3")));
        assertThat(kept(never)).isEmpty();
        assertThat(kept(new Not(new Not(never)))).isEmpty();
        assertThat(kept(new Not(never))).containsExactly("a");
        assertThat(kept(new Exists("unknown"))).isEmpty();
        assertThat(kept(new Not(new Exists("n")))).isEmpty();
    }

    @Test
    default void keepsFieldsApartWhoseNamesBeginAlike() {
        put("a", Map.of("key", "value"));
        put("b", Map.of("keys", "value"));
        put("c", Map.of("key\u0001v", "1", "key\u0003", "x"));
        assertThat(kept(new Exists("key"))).containsExactly("a");
        assertThat(kept(new Prefix("key", "v"))).containsExactly("a");
        assertThat(kept(range("key", Comparison.AT_LEAST, "-1e300"))).isEmpty();
    }

    @Test
    default void takesTheLargestFilterWithTheLongestQuery() {
        put("a", Map.of("n", "5"));
        List<MetadataFilter> parts = new ArrayList<>();
        for (int i = 0; parts.size() < 63; i++) {
            parts.add(new Not(i % 2 == 0 ? new Prefix("n", "x" + i) : range("n", Comparison.MORE, "" + (5 + i))));
        }
        TreeSet<String> values = new TreeSet<>();
        for (int i = 0; i < MetadataFilter.MAX_VALUES; i++) {
            values.add("" + i);
        }
        parts.add(new MetadataFilter.In("n", values));
        StringBuilder words = new StringBuilder("same");
        for (int i = 0; i < 300; i++) {
            words.append(" word").append(i);
        }
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            CandidateList list = await(view.matching(words.toString(), new MetadataFilter.All(parts), 10));
            assertThat(documents(list)).containsExactly("a");
        }
    }
}
