package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.passage;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.IndexState;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageView;

class LuceneVectorIndexesTest {
    private static final int DIMENSION = 24;
    private static final int PER_DOCUMENT = 150;
    private static final int DOCUMENTS = 10;

    private final float[][] vectors =
            MadeUpVectors.mixture(new Random(1), 2 * DOCUMENTS * PER_DOCUMENT, DIMENSION, true);

    @TempDir
    Path folder;

    private void put(LuceneFixture lucene, int document) {
        VersionRef ref = ref("d%02d".formatted(document), 1);
        List<EmbeddedPassage> passages = new ArrayList<>();
        for (int i = 0; i < PER_DOCUMENT; i++) {
            passages.add(new EmbeddedPassage(
                    passage(ref.documentId(), i, "x"), new UnitVector(vectors[document * PER_DOCUMENT + i])));
        }
        DocumentPart part = new DocumentPart(
                ref, 0, 1, passages.size(), info("f", Map.of()), new ModelRef("raw", "1", DIMENSION), passages);
        assertThat(lucene.writer().put(ref, List.of(part)).version()).isEqualTo(1);
    }

    /** Returns how many of the first passages of the first documents are found by their own vectors. */
    private int found(LuceneFixture lucene) {
        int found = 0;
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            for (int document = 0; document < DOCUMENTS; document++) {
                UnitVector query = new UnitVector(vectors[document * PER_DOCUMENT]);
                List<Candidate> candidates =
                        await(view.nearest(query, MetadataFilter.NONE, 10)).candidates();
                assertThat(candidates).hasSize(10);
                String expected = "d%02d#000".formatted(document);
                found += candidates.getFirst().chunkId().equals(expected) ? 1 : 0;
            }
        }
        return found;
    }

    private static IndexState awaitReady(LuceneFixture lucene) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> lucene.vectorIndexes().state(COLLECTION), IndexState::ready);
    }

    @Test
    void isAsConfiguredUntilAKindIsChosen() {
        try (LuceneFixture lucene = new LuceneFixture(folder, Map.of("m", "20", "ef", "70"))) {
            assertThatThrownBy(() -> lucene.vectorIndexes().state(COLLECTION))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("has no index");
            put(lucene, 0);
            assertThat(lucene.vectorIndexes().state(COLLECTION))
                    .isEqualTo(new IndexState(new IndexKind.Hnsw(20, 100, 32, 70, 1), PER_DOCUMENT, PER_DOCUMENT));
        }
    }

    @Test
    void rebuildsIntoEveryKindWhileItIsSearchedAndWritten() throws Exception {
        try (LuceneFixture lucene = new LuceneFixture(folder);
                ExecutorService searchers = Executors.newSingleThreadExecutor()) {
            for (int document = 0; document < DOCUMENTS; document++) {
                put(lucene, document);
            }
            AtomicBoolean done = new AtomicBoolean();
            Future<Integer> searching = searchers.submit(() -> {
                int rounds = 0;
                while (!done.get()) {
                    assertThat(found(lucene)).isGreaterThanOrEqualTo(DOCUMENTS - 1);
                    rounds++;
                }
                return rounds;
            });
            int next = DOCUMENTS;
            try {
                for (String name : IndexKind.NAMES) {
                    IndexKind kind = IndexKind.of(name, name.equals("hnsw") ? Map.of("bits", 8) : Map.of());
                    assertThat(lucene.vectorIndexes().choose(COLLECTION, kind).kind())
                            .isEqualTo(kind);
                    put(lucene, next++);
                    IndexState state = awaitReady(lucene);
                    assertThat(state).isEqualTo(new IndexState(kind, next * PER_DOCUMENT, next * PER_DOCUMENT));
                    assertThat(found(lucene)).isGreaterThanOrEqualTo(DOCUMENTS - 1);
                }
            } finally {
                done.set(true);
            }
            assertThat(searching.get()).isPositive();
        }
    }

    @Test
    void takesUpARebuildAfterARestart() throws Exception {
        IndexKind kind = IndexKind.of("lsh", Map.of("tables", 8));
        try (LuceneFixture lucene = new LuceneFixture(folder)) {
            put(lucene, 0);
            lucene.collections().get(COLLECTION).collection().choose(kind);
            assertThat(lucene.vectorIndexes().state(COLLECTION)).isEqualTo(new IndexState(kind, PER_DOCUMENT, 0));
        }
        try (LuceneFixture lucene = new LuceneFixture(folder)) {
            lucene.vectorIndexes().resume();
            assertThat(awaitReady(lucene)).isEqualTo(new IndexState(kind, PER_DOCUMENT, PER_DOCUMENT));
        }
    }

    @Test
    void rebuildsNothingForAParameterOfSearches() {
        try (LuceneFixture lucene = new LuceneFixture(folder)) {
            put(lucene, 0);
            IndexKind kind = IndexKind.of("hnsw", Map.of("ef", 500));
            assertThat(lucene.vectorIndexes().choose(COLLECTION, kind))
                    .isEqualTo(new IndexState(kind, PER_DOCUMENT, PER_DOCUMENT));
        }
    }

    @Test
    void keepsTheModelAndTheKindAcrossCommits() {
        IndexKind kind = IndexKind.of("exact", Map.of());
        try (LuceneFixture lucene = new LuceneFixture(folder)) {
            put(lucene, 0);
            assertThat(lucene.vectorIndexes().choose(COLLECTION, kind).kind()).isEqualTo(kind);
            put(lucene, 1);
        }
        try (LuceneFixture lucene = new LuceneFixture(folder);
                PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            assertThat(view.model()).contains(new ModelRef("raw", "1", DIMENSION));
            assertThat(lucene.vectorIndexes().state(COLLECTION).kind()).isEqualTo(kind);
        }
    }
}
