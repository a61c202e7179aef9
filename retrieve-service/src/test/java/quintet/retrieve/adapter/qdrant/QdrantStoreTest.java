package quintet.retrieve.adapter.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.key;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.qdrant.client.grpc.Collections.CompressionRatio;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.Comparison;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.IndexState;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageView;

/** What is particular to Qdrant. */
class QdrantStoreTest {
    @TempDir
    Path folder;

    private final QdrantServer server = new QdrantServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static void put(QdrantFixture qdrant, DocumentPart part) {
        assertThat(qdrant.writer().put(part.ref(), List.of(part)).version())
                .isEqualTo(part.ref().version());
    }

    private static void assertFails(Runnable work, String reason, String... words) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.message())
                    .satisfies(message -> assertThat(List.of(words)).allMatch(message::contains));
        });
    }

    @Test
    void createsEveryIndexBeforeTheFirstPoint() {
        try (QdrantFixture qdrant = new QdrantFixture(server)) {
            put(qdrant, whole(ref("a", 1), info("f.txt", Map.of("year", "2020", "created", "2024-05-01")), "word"));
        }
        List<String> calls = server.calls();
        int firstPoint = calls.subList(0, calls.indexOf("SetPayload")).lastIndexOf("Upsert");
        assertThat(calls.lastIndexOf("CreateFieldIndex")).isLessThan(firstPoint);
        assertThat(server.collections().get("quintet.test").indexes())
                .containsEntry("doc", PayloadSchemaType.Keyword)
                .containsEntry("from", PayloadSchemaType.Integer)
                .containsEntry("until", PayloadSchemaType.Integer)
                .containsEntry("terms", PayloadSchemaType.Keyword)
                .containsEntry("fields", PayloadSchemaType.Keyword)
                .containsEntry("number.year", PayloadSchemaType.Float)
                .containsEntry("second.created", PayloadSchemaType.Integer)
                .containsEntry("digits.filename.g0", PayloadSchemaType.Integer);
        assertThat(server.collections().aliases()).containsEntry("quintet.test", "quintet.test.d16");
    }

    @Test
    void filtersWithoutAnIndexOnlyWhereOneIsNotWorthWhile() {
        try (QdrantFixture qdrant = new QdrantFixture(server.url(), Map.of("max-field-indexes", "8"))) {
            put(qdrant, whole(ref("a", 1), info("a long name.txt", Map.of("year", "2020")), "word"));
            try (PassageView view = await(qdrant.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
                MetadataFilter prefix = new MetadataFilter.Prefix("filename", "a long n");
                assertThat(await(view.nearest(vector("word"), prefix, 3)).candidates())
                        .hasSize(1);
            }
        }
        assertThat(server.collections().get("quintet.test").unindexed).containsExactly("digits.filename.g1");
    }

    @Test
    void stopsCreatingIndexesAtTheBound() {
        try (QdrantFixture qdrant = new QdrantFixture(server.url(), Map.of("max-field-indexes", "6"))) {
            for (int i = 0; i < 20; i++) {
                put(qdrant, whole(ref("a" + i, 1), info("f", Map.of("key" + i, "" + i)), "word"));
            }
            assertThat(server.collections().get("quintet.test").indexes()).hasSize(12);
            try (PassageView view = await(qdrant.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
                MetadataFilter nineteen =
                        Comparison.AT_LEAST.range("key19", "19").orElseThrow();
                assertThat(await(view.matching("word", nineteen, 3)).candidates())
                        .extracting(candidate -> candidate.chunkId())
                        .containsExactly("a19#000");
            }
        }
    }

    @Test
    void oneProcessWritesAtATime() {
        QdrantFixture first = new QdrantFixture(server);
        put(first, whole(ref("a", 1), "word"));
        try (QdrantFixture second = new QdrantFixture(server)) {
            VersionRef ref = ref("a", 2);
            assertFails(() -> second.writer().remove(ref), "INDEX_LOCKED", "'test'", "another process");
            assertThat(second.writer().head(COLLECTION, "a").orElseThrow().version())
                    .isEqualTo(1);
            first.close();
            assertThat(second.writer().remove(ref).deleted()).isTrue();
        }
    }

    @Test
    void deletesForGoodWhatWasReplacedLongEnoughAgo() {
        try (QdrantFixture qdrant = new QdrantFixture(server.url(), Map.of("keep-replaced", "-1s"))) {
            put(qdrant, whole(ref("a", 1), "one", "two", "three"));
            put(qdrant, whole(ref("a", 2), "four"));
            assertThat(server.collections().get("quintet.test").size()).isEqualTo(4);
            qdrant.collections().get(COLLECTION).collection().purge();
            assertThat(server.collections().get("quintet.test").size()).isEqualTo(1);
        }
    }

    @Test
    void givesVectorsBackBitForBit() {
        try (QdrantFixture qdrant = new QdrantFixture(server)) {
            put(qdrant, whole(ref("a", 1), "red apples", "green pears"));
            put(qdrant, whole(ref("b", 1), "blue plums"));
            Set<VectorKey> keys = Set.of(key(MODEL, "red apples"), key(MODEL, "blue plums"), key(MODEL, "nothing"));
            assertThat(qdrant.vectors().find(ref("a", 9), MODEL, keys))
                    .isEqualTo(Map.of(key(MODEL, "red apples"), vector("red apples")));
            ModelRef other = new ModelRef("other", "ff", MODEL.dimension());
            assertThat(qdrant.vectors().find(ref("a", 9), other, keys)).isEmpty();
        }
    }

    @Test
    void choosesAKindAndKeepsItAcrossCommitsAndDimensions() {
        try (QdrantFixture qdrant = new QdrantFixture(server)) {
            put(qdrant, whole(ref("a", 1), "word"));
            IndexKind kind = IndexKind.of("hnsw", Map.of("m", 32, "bits", 8));
            assertThat(qdrant.vectorIndexes().choose(COLLECTION, kind)).isEqualTo(new IndexState(kind, 1, 1));
            assertThat(server.collections().get("quintet.test").changes().get("dense"))
                    .satisfies(change -> {
                        assertThat(change.getHnswConfig().getM()).isEqualTo(32);
                        assertThat(change.getQuantizationConfig().hasScalar()).isTrue();
                    });
            put(qdrant, whole(ref("b", 1), "word"));
            assertThat(qdrant.vectorIndexes().state(COLLECTION).kind()).isEqualTo(kind);
            IndexKind product = IndexKind.of("product-quantization", Map.of("subspaces", 2));
            assertThat(qdrant.vectorIndexes().choose(COLLECTION, product).kind())
                    .isEqualTo(product);
            assertThat(server.collections()
                            .get("quintet.test")
                            .changes()
                            .get("dense")
                            .getQuantizationConfig()
                            .getProduct()
                            .getCompression())
                    .isEqualTo(CompressionRatio.x32);
            assertFails(
                    () -> qdrant.vectorIndexes().choose(COLLECTION, IndexKind.of("lsh", Map.of())),
                    "INVALID_INDEX",
                    "'lsh'",
                    "exact, hnsw, product-quantization");
            assertFails(
                    () -> qdrant.vectorIndexes().choose(COLLECTION, IndexKind.of("hnsw", Map.of("bits", 4))),
                    "INVALID_INDEX",
                    "bits is 4");
        }
    }

    @Test
    void sendsTheApiKey() throws IOException {
        server.requireKey("secret");
        Path file = Files.writeString(folder.resolve("key"), "secret\n");
        try (QdrantFixture with = new QdrantFixture(server.url(), Map.of("api-key-file", file.toString()));
                QdrantFixture without = new QdrantFixture(server)) {
            put(with, whole(ref("a", 1), "word"));
            assertFails(
                    () -> without.writer().remove(ref("a", 2)),
                    "VECTOR_STORE_UNAVAILABLE",
                    "does not accept the API key");
            assertThat(await(with.readiness().call()).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        }
    }

    @Test
    void isNotReadyWhileQdrantDoesNotAnswer() {
        String url = server.url();
        server.close();
        for (String each : List.of(url, "not a url", "qdrant:6334", "http://user:secret@host")) {
            try (QdrantFixture qdrant = new QdrantFixture(each, Map.of("read-timeout", "1s", "write-timeout", "1s"))) {
                HealthCheckResponse response = await(qdrant.readiness().call());
                assertThat(response.getStatus()).as(each).isEqualTo(HealthCheckResponse.Status.DOWN);
                assertThat(response.getData().orElseThrow())
                        .as(each)
                        .containsEntry("reason", "VECTOR_STORE_UNAVAILABLE")
                        .hasEntrySatisfying(
                                "message",
                                message -> assertThat((String) message).doesNotContain("secret"));
                assertFails(
                        () -> await(qdrant.index().open(CollectionAccess.toAllOf(COLLECTION))),
                        "VECTOR_STORE_UNAVAILABLE");
                assertFails(() -> qdrant.writer().remove(ref("a", 1)), "VECTOR_STORE_UNAVAILABLE");
            }
        }
    }
}
