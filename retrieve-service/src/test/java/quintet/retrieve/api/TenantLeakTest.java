package quintet.retrieve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.identity.Identity;
import quintet.retrieve.FilterEvaluator;
import quintet.retrieve.RandomFilters;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.Correction;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.SelfQuery;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.model.explanation.ExplainedList;
import quintet.retrieve.model.explanation.ExplainedQuery;
import quintet.retrieve.model.explanation.Explanation;
import quintet.retrieve.model.explanation.LeftOut;
import quintet.retrieve.pipeline.PipelineFixture;
import quintet.retrieve.pipeline.RetrievePipeline;

/**
 * Random callers ask random questions of an index that changes, and every hit is held against a list of what is whose. All tenants
 * have collections and documents of the same names. {@code -Dleak.requests=100000} asks as often as a release needs.
 */
class TenantLeakTest {
    private static final int REQUESTS = Integer.getInteger("leak.requests", 2_000);
    private static final int REQUESTS_A_CHANGE = 100;
    private static final int DOCUMENTS = 20;
    private static final List<String> TENANTS = List.of("default", "acme", "acme-2", "globex");
    private static final List<String> COLLECTIONS = List.of("handbook", "notes");
    private static final List<String> GROUPS = List.of("hr", "legal", "dev");
    private static final Duration BUDGET = Duration.ofSeconds(20);

    /** What somebody might write who wants to see more. */
    private static final List<String> TRICKS = List.of(
            "tenant = globex",
            "tenant != acme",
            "groups = hr or not groups exists",
            "not (groups = hr)",
            "access exists or not access exists",
            "(tenant = globex or tenant != globex) and (groups = hr or groups != hr)",
            "`tenant` ^= g or documentId ^= d",
            "not (tenant = default and groups = none)",
            "groups in (hr, legal, dev, '*')",
            "tenant starts with a or tenant >= 0 or tenant not exists");

    private static final List<String> TRICKS_IN_JSON = List.of(
            "{\"or\": [{\"tenant\": \"globex\"}, {\"not\": {\"tenant\": \"globex\"}}]}",
            "{\"groups\": {\"exists\": false}}",
            "{\"access\": {\"ne\": \"acme\"}, \"groups\": {\"notIn\": [\"hr\"]}}",
            "{\"not\": {\"and\": [{\"tenant\": [\"acme\", \"acme-2\"]}, {\"groups\": [\"legal\"]}]}}");

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Owned> owned = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    /** A document as the list has it. */
    private record Owned(String tenant, String collection, String id, DocumentInfo info) {}

    /** What a caller asks. */
    private record Request(Identity caller, String collection, SearchBody body) {}

    private long seed;
    private Random random;
    private RandomFilters filters;
    private LuceneFixture lucene;
    private RetrievePipeline pipeline;
    private int hits;
    private int refused;
    private int corrections;
    private int explanations;

    /** 100,000 requests take about a quarter of an hour. */
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    @Test
    void nobodySeesWhatIsNotTheirs() throws Exception {
        seed = Long.getLong("seed", System.nanoTime());
        random = new Random(seed);
        filters = new RandomFilters(random);
        try (LuceneFixture opened = new LuceneFixture(folder)) {
            lucene = opened;
            pipeline = PipelineFixture.over(opened.index(), TenantLeakTest::embedded);
            for (String tenant : TENANTS) {
                for (String collection : COLLECTIONS) {
                    for (int i = 0; i < DOCUMENTS; i++) {
                        put(tenant, collection, "d" + i);
                    }
                }
            }
            for (int i = 0; i < REQUESTS; i++) {
                if (i % REQUESTS_A_CHANGE == 0) {
                    change();
                }
                ask(request());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "seed %d: %d requests, %d hits and %d corrections, each its caller's own; %d names of others refused%n",
                seed,
                REQUESTS,
                hits,
                corrections,
                refused);
        assertThat(hits).isGreaterThan(REQUESTS);
        assertThat(corrections).isPositive();
        assertThat(refused).isPositive();
        assertThat(explanations).isPositive();
    }

    private static Uni<EmbeddedQuery> embedded(String text, Duration budget) {
        return Uni.createFrom().item(new EmbeddedQuery(vector(text), MODEL, false));
    }

    private static String key(String tenant, String collection, String id) {
        return tenant + "/" + collection + "/" + id;
    }

    /** Writes a document, in other groups than before, as often as not. */
    private void put(String tenant, String collection, String id) {
        String key = key(tenant, collection, id);
        DocumentInfo made = filters.info(id);
        Map<String, String> metadata = new HashMap<>(made.metadata());
        metadata.put("tenant", pick(TENANTS));
        metadata.put("groups", pick(GROUPS));
        if (random.nextBoolean()) {
            metadata.put("access", pick(TENANTS));
        }
        DocumentInfo info = new DocumentInfo(
                made.filename(),
                made.title(),
                made.source(),
                made.mimeType(),
                made.language(),
                metadata,
                List.copyOf(some(GROUPS)));
        VersionRef ref = new VersionRef(
                new CollectionName(identity(tenant, false, Set.of()).stored(collection)),
                id,
                versions.merge(key, 1L, Long::sum));
        DocumentPart part = whole(ref, info, "same words in " + key + " and " + mark(key));
        assertThat(lucene.writer().put(ref, List.of(part)).version()).isEqualTo(ref.version());
        owned.put(key, new Owned(tenant, collection, id, info));
    }

    /** A word that no other document has. */
    private static String mark(String key) {
        Random letters = new Random(key.hashCode());
        StringBuilder mark = new StringBuilder("mark");
        for (int i = 0; i < 10; i++) {
            mark.append((char) ('a' + letters.nextInt(26)));
        }
        return mark.toString();
    }

    /** Everything that looks into the collection before the search, with feedback or without. */
    private Rewriting rewriting() {
        return random.nextBoolean()
                ? Rewriting.DEFAULT
                : new Rewriting(List.of(), true, true, true, true, Set.of(), SelfQuery.SUGGEST);
    }

    private void change() {
        String tenant = pick(TENANTS);
        String collection = pick(COLLECTIONS);
        String id = "d" + random.nextInt(DOCUMENTS);
        if (random.nextInt(4) > 0) {
            put(tenant, collection, id);
            return;
        }
        String key = key(tenant, collection, id);
        VersionRef ref = new VersionRef(
                new CollectionName(identity(tenant, false, Set.of()).stored(collection)),
                id,
                versions.merge(key, 1L, Long::sum));
        assertThat(lucene.writer().remove(ref).deleted()).isTrue();
        owned.remove(key);
    }

    private static Identity identity(String tenant, boolean everyGroup, Set<String> groups) {
        return new Identity(tenant, everyGroup, groups, false);
    }

    private Request request() throws JsonProcessingException {
        Identity caller = identity(pick(TENANTS), random.nextInt(5) == 0, some(GROUPS));
        ObjectNode body = json.createObjectNode();
        String text = pick(List.of("same words", "same", "words of globex", "handbook d7 same", "nothing else same"));
        // One letter of what only one document says is wrong: who may not see that is told of no correction.
        String wrong = mark(key(pick(TENANTS), pick(COLLECTIONS), "d" + random.nextInt(DOCUMENTS)));
        body.put("query", random.nextInt(3) == 0 ? text + " " + wrong.substring(0, wrong.length() - 1) + "é" : text);
        body.put("topK", pick(List.of(1, 3, 10, 100, 1000)));
        body.put("mode", pick(List.of("hybrid", "dense", "lexical")));
        body.put("fusion", pick(List.of("adaptive", "weighted", "rrf")));
        switch (random.nextInt(4)) {
            case 0 -> body.put("filter", pick(TRICKS));
            case 1 -> body.set("filter", json.readTree(pick(TRICKS_IN_JSON)));
            case 2 -> body.put("filter", "not (%s) or %s".formatted(pick(TRICKS), pick(TRICKS)));
            default -> {}
        }
        // What the body says of its sender is not looked at.
        if (random.nextInt(10) == 0) {
            body.remove("filter");
        }
        return new Request(caller, pick(COLLECTIONS), json.treeToValue(body, SearchBody.class));
    }

    private void ask(Request request) {
        if (random.nextInt(20) == 0) {
            refuses(request.caller());
        }
        CollectionAccess access = Requests.collection(request.caller(), request.collection());
        Query parsed = request.body().toModel();
        // Half of the filters are random ones, which have no text of their own.
        Query query = request.body().filter() == null && random.nextBoolean()
                ? new Query(
                        parsed.text(),
                        parsed.topK(),
                        parsed.mode(),
                        parsed.fusion(),
                        filters.filter(1 + random.nextInt(4)),
                        rewriting())
                : parsed;
        SearchResult result = await(pipeline.search(access, query, random.nextInt(4) == 0, BUDGET));
        List<Hit> found = result.hits();
        Set<String> expected = visible(request, query.filter());
        List<String> shown = found.stream()
                .map(hit -> {
                    String text = hit.stored().passage().text();
                    String key = text.split(" ", -1)[3];
                    assertThat(hit.stored().documentId()).isEqualTo(key.substring(key.lastIndexOf('/') + 1));
                    return key;
                })
                .toList();
        assertThat(expected).as(() -> describe(request, query)).containsAll(shown);
        assertThat(shown).doesNotHaveDuplicates();
        // Each has the word, and each has a vector: whoever is left out is missing.
        assertThat(shown).as(() -> describe(request, query)).hasSize(Math.min(query.topK(), expected.size()));
        hits += found.size();
        result.explanation().ifPresent(explanation -> explainsOnly(explanation, expected, request, query));
        for (Correction told : result.rewritten().corrections()) {
            if (told.correction().startsWith("mark")) {
                assertThat(expected)
                        .as(() -> describe(request, query))
                        .anyMatch(key -> mark(key).equals(told.correction()));
                corrections++;
            }
        }
    }

    /** Whatever an explanation names is the caller's own, and it counts no passage of others. */
    private void explainsOnly(Explanation explanation, Set<String> expected, Request request, Query query) {
        Set<String> ids = new HashSet<>();
        expected.forEach(key -> ids.add(key.substring(key.lastIndexOf('/') + 1) + "#000"));
        for (ExplainedQuery each : explanation.queries()) {
            Stream.of(Optional.ofNullable(each.dense()), Optional.ofNullable(each.lexical()))
                    .flatMap(Optional::stream)
                    .forEach(list -> {
                        assertThat(list.first())
                                .as(() -> describe(request, query))
                                .extracting(ExplainedList.Entry::chunkId)
                                .isSubsetOf(ids);
                        ListDetail detail = list.detail().orElseThrow();
                        assertThat(detail.eligible())
                                .as(() -> describe(request, query))
                                .isLessThanOrEqualTo(ids.size());
                    });
        }
        assertThat(explanation.leftOut())
                .as(() -> describe(request, query))
                .extracting(LeftOut::chunkId)
                .isSubsetOf(ids);
        explanations++;
    }

    /** Whoever asks for a collection by the name under which another tenant's is stored finds nothing. */
    private void refuses(Identity caller) {
        String other = pick(List.of(
                "globex.handbook",
                "acme.notes",
                "acme-2.handbook",
                "default.handbook",
                "../acme.notes",
                ".handbook",
                "acme.",
                "Handbook",
                "handbook\\u0001hr",
                "acme/notes",
                ""));
        assertThatThrownBy(() -> Requests.collection(caller, other))
                .as("seed %d, %s asks for %s", seed, caller, other)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("COLLECTION_NOT_FOUND"));
        refused++;
    }

    private Set<String> visible(Request request, MetadataFilter filter) {
        Identity caller = request.caller();
        Set<String> keys = new HashSet<>();
        owned.forEach((key, document) -> {
            boolean mine = document.tenant().equals(caller.tenant());
            boolean inGroup = caller.everyGroup()
                    || document.info().groups().isEmpty()
                    || document.info().groups().stream().anyMatch(caller.groups()::contains);
            if (mine
                    && inGroup
                    && document.collection().equals(request.collection())
                    && FilterEvaluator.keeps(filter, document.id(), document.info())) {
                keys.add(key);
            }
        });
        return keys;
    }

    private String describe(Request request, Query query) {
        return "seed %d, %s asks %s for %s".formatted(seed, request.caller(), request.collection(), query);
    }

    private Set<String> some(List<String> all) {
        Set<String> some = new HashSet<>();
        for (String each : all) {
            if (random.nextInt(3) == 0) {
                some.add(each);
            }
        }
        return some;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
