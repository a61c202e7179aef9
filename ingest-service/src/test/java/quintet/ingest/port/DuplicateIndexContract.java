package quintet.ingest.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Block;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.model.DuplicateKind;
import quintet.ingest.model.DuplicateOf;
import quintet.ingest.model.Findings;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.Fingerprint.Sketch;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.MinHashSignature;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.port.DuplicateIndex.Decision;
import quintet.ingest.port.DuplicateIndex.Match;
import quintet.ingest.port.VersionProgress.Prepared;

/** What every {@link DuplicateIndex} must do together with its {@link DocumentRegistry} and {@link Outbox}. */
public interface DuplicateIndexContract {
    StageFailure FAILURE = new StageFailure(Stage.EMBED, "MODEL_BROKEN", "the model is broken");

    DuplicateIndex index();

    DocumentRegistry registry();

    VersionProgress progress();

    Outbox outbox();

    @Test
    default void theSecondOfTwoEqualTextsIsAnAliasThatIsReadyWhenTheFirstAnswers() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        DocumentRef second = alias(collection, "second", "text", "first");
        assertThat(state(second)).isEqualTo(DocumentState.CHUNKED);
        progress().indexed(first, 1, Instant.now());
        assertThat(state(second)).isEqualTo(DocumentState.READY);
        assertThat(document(second).duplicates().of()).isEqualTo(new DuplicateOf("first", DuplicateKind.EXACT, 1));
        assertThat(document(first).duplicates().aliases()).containsExactly("second");
        DocumentRef third = alias(collection, "third", "text", "first");
        assertThat(state(third)).isEqualTo(DocumentState.READY);
        assertThat(document(first).duplicates().aliasCount()).isEqualTo(2);
        assertThat(document(third).times())
                .containsKeys(DocumentState.RECEIVED, DocumentState.PARSED, DocumentState.CHUNKED, DocumentState.READY);
    }

    @Test
    default void comparesWithinCollectionAndScopeOnly() {
        String collection = newCollection();
        original(collection, "first", "text");
        original(newCollection(), "elsewhere", "text");
        DocumentRef other = received(collection, "other");
        assertThat(index().decide(other, PREPARED, fingerprint("other scope", "text"), false, equalText("text")))
                .isInstanceOf(Decision.Original.class);
    }

    @Test
    default void aliasesTakeOverWhenTheOriginalIsDeleted() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        progress().indexed(first, 1, Instant.now());
        alias(collection, "second", "text", "first");
        alias(collection, "third", "text", "first");
        drain();
        registry().delete(first.key());
        DocumentRef second = DocumentRef.of(collection, "second", 2);
        DocumentRef third = DocumentRef.of(collection, "third", 2);
        assertThat(document(second).ref()).isEqualTo(second);
        assertThat(state(second)).isEqualTo(DocumentState.RECEIVED);
        assertThat(document(second).duplicates().of()).isNull();
        assertThat(drain())
                .containsExactlyInAnyOrder(
                        "ingest.document-deleted.v1 first 2",
                        "ingest.document-received.v1 second 2",
                        "ingest.document-received.v1 third 2");
        assertThat(decide(second, "text")).isInstanceOf(Decision.Original.class);
        assertThat(decide(third, "text")).isInstanceOf(Decision.Alias.class);
        assertThat(document(third).duplicates().of()).isEqualTo(new DuplicateOf("second", DuplicateKind.EXACT, 1));
    }

    @Test
    default void aliasesTakeOverWhenTheOriginalBecomesOtherText() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        progress().indexed(first, 1, Instant.now());
        DocumentRef second = alias(collection, "second", "text", "first");
        DocumentRef changed = received(collection, "first");
        assertThat(document(second).ref().version())
                .as("the old version answers until the new one is known")
                .isEqualTo(1);
        assertThat(decide(changed, "other text")).isInstanceOf(Decision.Original.class);
        assertThat(document(second).ref().version()).isEqualTo(2);
        assertThat(state(second)).isEqualTo(DocumentState.RECEIVED);
        assertThat(decide(DocumentRef.of(collection, "second", 2), "text")).isInstanceOf(Decision.Original.class);
    }

    @Test
    default void aliasesStayWhenTheOriginalsNewVersionHasTheSameText() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        progress().indexed(first, 1, Instant.now());
        DocumentRef second = alias(collection, "second", "text", "first");
        DocumentRef renamed = received(collection, "first");
        assertThat(decide(renamed, "text")).isInstanceOf(Decision.Original.class);
        assertThat(state(second)).isEqualTo(DocumentState.READY);
        DocumentRef late = alias(collection, "late", "text", "first");
        assertThat(state(late)).isEqualTo(DocumentState.CHUNKED);
        progress().chunked(renamed, PREPARED, List.of());
        progress().indexed(renamed, 1, Instant.now());
        assertThat(state(late)).isEqualTo(DocumentState.READY);
        assertThat(document(second).ref().version()).isEqualTo(1);
    }

    @Test
    default void aliasesTakeOverWhenTheOriginalFails() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        DocumentRef second = alias(collection, "second", "text", "first");
        progress().failed(first, FAILURE);
        assertThat(document(second).ref().version()).isEqualTo(2);
        assertThat(decide(DocumentRef.of(collection, "second", 2), "text")).isInstanceOf(Decision.Original.class);
    }

    @Test
    default void aliasesTakeOverWhenTheOriginalIsReplacedBeforeItEverAnswered() {
        String collection = newCollection();
        original(collection, "first", "text");
        DocumentRef second = alias(collection, "second", "text", "first");
        received(collection, "first");
        assertThat(document(second).ref().version()).isEqualTo(2);
        assertThat(state(second)).isEqualTo(DocumentState.RECEIVED);
    }

    @Test
    default void aliasesStayWhenAnUpdateOfTheOriginalCanNotBeParsed() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        progress().indexed(first, 1, Instant.now());
        DocumentRef second = alias(collection, "second", "text", "first");
        DocumentRef broken = received(collection, "first");
        progress().failed(broken, new StageFailure(Stage.PARSE, "CORRUPT_FILE", "the file is corrupt"));
        assertThat(state(second)).isEqualTo(DocumentState.READY);
        DocumentRef third = alias(collection, "third", "text", "first");
        assertThat(state(third)).isEqualTo(DocumentState.READY);
        registry().delete(first.key());
        assertThat(document(third).ref().version()).isEqualTo(2);
    }

    @Test
    default void updatingOrDeletingAnAliasLeavesItsOriginalAlone() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        progress().indexed(first, 1, Instant.now());
        alias(collection, "second", "text", "first");
        DocumentRef third = alias(collection, "third", "text", "first");
        DocumentRef changed = received(collection, "second");
        assertThat(decide(changed, "words of its own")).isInstanceOf(Decision.Original.class);
        registry().delete(third.key());
        assertThat(state(third)).isEqualTo(DocumentState.DELETED);
        assertThat(state(first)).isEqualTo(DocumentState.READY);
        assertThat(document(first).ref().version()).isEqualTo(1);
        assertThat(document(first).duplicates().aliasCount()).isZero();
    }

    @Test
    default void whatAnAliasHadInTheIndexGoesOnceItsOriginalAnswers() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        DocumentRef own = original(collection, "second", "words of its own");
        progress().indexed(own, 1, Instant.now());
        DocumentRef third = alias(collection, "third", "words of its own", "second");
        drain();
        DocumentRef second = received(collection, "second");
        assertThat(decide(second, "text")).isInstanceOf(Decision.Alias.class);
        assertThat(drain())
                .containsExactlyInAnyOrder(
                        "ingest.document-received.v1 second 2", "ingest.document-received.v1 third 2");
        assertThat(document(third).ref().version()).isEqualTo(2);
        progress().indexed(first, 1, Instant.now());
        assertThat(drain()).containsExactly("ingest.document-deleted.v1 second 2");
        assertThat(state(second)).isEqualTo(DocumentState.READY);
        progress().indexed(own, 1, Instant.now());
        assertThat(document(second).duplicates().of()).isEqualTo(new DuplicateOf("first", DuplicateKind.EXACT, 1));
    }

    @Test
    default void decidesAVersionThatIsDoneOrOldNoMore() {
        String collection = newCollection();
        DocumentRef first = original(collection, "first", "text");
        DocumentRef second = alias(collection, "second", "text", "first");
        assertThat(progress().begin(second)).isEmpty();
        assertThat(decide(second, "text")).isInstanceOf(Decision.Over.class);
        assertThat(decide(first, "text")).isInstanceOf(Decision.Over.class);
        DocumentRef open = received(collection, "third");
        assertThat(decide(open, "third")).isInstanceOf(Decision.Original.class);
        assertThat(decide(open, "third")).as("after a crash in between").isInstanceOf(Decision.Original.class);
        received(collection, "third");
        assertThat(decide(open, "third")).isInstanceOf(Decision.Over.class);
    }

    @Test
    default void equalTextsAtOnceGiveExactlyOneOriginal() throws Exception {
        for (boolean all : List.of(false, true)) {
            String collection = newCollection();
            List<Callable<Decision>> decisions = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                DocumentRef ref = received(collection, "d" + i);
                decisions.add(() -> index().decide(ref, PREPARED, fingerprint("", "text"), all, equalText("text")));
            }
            List<Decision> decided = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Decision> decision : threads.invokeAll(decisions)) {
                    decided.add(decision.get());
                }
            }
            assertThat(decided).filteredOn(Decision.Original.class::isInstance).hasSize(1);
            assertThat(decided).filteredOn(Decision.Alias.class::isInstance).hasSize(15);
        }
    }

    @Test
    default void deletingTheOriginalWhileAliasesAreDecidedLosesNone() throws Exception {
        for (int round = 0; round < 10; round++) {
            String collection = newCollection();
            DocumentRef first = original(collection, "first", "text");
            progress().indexed(first, 1, Instant.now());
            List<Callable<Object>> steps = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                DocumentRef ref = received(collection, "d" + i);
                steps.add(() -> decide(ref, "text"));
            }
            steps.add(3, () -> registry().delete(first.key()));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Object> step : threads.invokeAll(steps)) {
                    step.get();
                }
            }
            for (int i = 0; i < 6; i++) {
                Document document = document(DocumentRef.of(collection, "d" + i, 1));
                @Nullable DuplicateOf of = document.duplicates().of();
                assertThat(of == null || !of.documentId().equals("first"))
                        .as("%s is an alias of a deleted document", document)
                        .isTrue();
                assertThat(document.state()).isIn(DocumentState.RECEIVED, DocumentState.CHUNKED);
            }
        }
    }

    @Test
    default void findsSignaturesByBucketsAndVectorsByModel() {
        String collection = newCollection();
        DocumentRef first = received(collection, "first");
        Sketch sketch = new Sketch("p", new MinHashSignature(new int[] {1, -2}), List.of(7L, -8L));
        DocumentVector vector = new DocumentVector("m@1", new float[] {0.6f, 0.8f});
        index().decide(first, PREPARED, new Fingerprint("", sha("text"), sketch, vector), true, _ -> Optional.empty());
        progress().chunked(first, PREPARED, List.of());
        DocumentRef other = received(collection, "other");
        var _ = index().look(other, "", originals -> {
            Sketch sharing = new Sketch("p", sketch.signature(), List.of(-8L, 9L));
            assertThat(originals.sharingABucket(sharing, 10)).singleElement().satisfies(found -> {
                assertThat(found.ref()).isEqualTo(first);
                assertThat(found.signature()).isEqualTo(sketch.signature());
            });
            assertThat(originals.sharingABucket(new Sketch("p", sketch.signature(), List.of(8L)), 10))
                    .isEmpty();
            assertThat(originals.sharingABucket(new Sketch("q", sketch.signature(), List.of(7L)), 10))
                    .isEmpty();
            assertThat(originals.text(first)).contains("One. Two.");
            List<DocumentRef> seen = new ArrayList<>();
            originals.vectors("m@1", 10, (ref, found) -> {
                seen.add(ref);
                assertThat(found.cosine(vector)).isGreaterThan(0.999);
            });
            originals.vectors("m@2", 10, (ref, _) -> seen.add(ref));
            assertThat(seen).containsExactly(first);
            return true;
        });
        var _ = index().look(first, "", originals -> {
            assertThat(originals.ofText(sha("text")))
                    .as("a document is not its own original")
                    .isEmpty();
            return true;
        });
    }

    @Test
    default void theTwinHasTheSameBytesAndIsToldOfInTheSameWay() {
        String collection = newCollection();
        Blob blob = blob();
        DocumentRef first = received(collection, "first", "a.txt", blob);
        assertThat(twin(received(collection, "early", "b.txt", blob), "")).isEmpty();
        assertThat(decide(first, "text")).isInstanceOf(Decision.Original.class);
        assertThat(progress().chunked(first, PREPARED, List.of())).isTrue();
        DocumentRef second = received(collection, "second", "b.txt", blob);
        assertThat(twin(second, "")).hasValueSatisfying(twin -> {
            assertThat(twin.textSha256()).isEqualTo(sha("text"));
            assertThat(twin.found()).isEqualTo(PREPARED.found());
        });
        assertThat(twin(first, "")).as("a document is not its own twin").isEmpty();
        assertThat(twin(second, "other scope")).isEmpty();
        assertThat(twin(received(collection, "other-type", "b.html", blob), "")).isEmpty();
        assertThat(twin(received(collection, "other-bytes", "b.txt", blob()), ""))
                .isEmpty();
        assertThat(twin(received(newCollection(), "elsewhere", "b.txt", blob), ""))
                .isEmpty();
        registry().delete(first.key());
        assertThat(twin(second, "")).isEmpty();
    }

    @Test
    default void aTwinWithoutATitleIsNotNamedAfterAnother() {
        String collection = newCollection();
        Blob blob = blob();
        DocumentRef first = received(collection, "first", "a.txt", blob);
        assertThat(decide(first, "text")).isInstanceOf(Decision.Original.class);
        Findings named = new Findings("text/plain", "a.txt", "en", 0, Map.of());
        assertThat(progress()
                        .chunked(
                                first,
                                new Prepared(named, PREPARED.text(), PREPARED::chunks, Instant.EPOCH),
                                List.of()))
                .isTrue();
        assertThat(twin(received(collection, "second", "b.txt", blob), ""))
                .hasValueSatisfying(twin -> assertThat(twin.found().title()).isEqualTo("b.txt"));
    }

    @Test
    default void looksAtTheNewestVectorsOnly() {
        String collection = newCollection();
        for (int i = 0; i < 5; i++) {
            float angle = i * 0.1f;
            index().decide(
                            received(collection, "d" + i),
                            PREPARED,
                            new Fingerprint("", sha("t" + i), null, new DocumentVector("m@1", new float[] {
                                (float) Math.cos(angle), (float) Math.sin(angle)
                            })),
                            true,
                            _ -> Optional.empty());
        }
        List<String> seen = new ArrayList<>();
        var _ = index().look(received(collection, "new"), "", originals -> {
            originals.vectors("m@1", 3, (ref, _) -> seen.add(ref.key().documentId()));
            return true;
        });
        assertThat(seen).containsExactly("d4", "d3", "d2");
    }

    Prepared PREPARED = new Prepared(
            new Findings("text/plain", "T", "en", 0, Map.of()),
            new CleanText("One. Two.", List.of(new CleanText.TextBlock(Block.Kind.PARAGRAPH, 0, 0, 9)), List.of()),
            () -> List.of(new Chunk(0, 0, 9, 0, 0, List.of(), 4)),
            Instant.EPOCH);

    private DocumentRef original(String collection, String id, String text) {
        DocumentRef ref = received(collection, id);
        assertThat(decide(ref, text)).isInstanceOf(Decision.Original.class);
        assertThat(progress().chunked(ref, PREPARED, List.<IngestEvent>of())).isTrue();
        return ref;
    }

    private DocumentRef alias(String collection, String id, String text, String original) {
        DocumentRef ref = received(collection, id);
        assertThat(decide(ref, text))
                .isInstanceOfSatisfying(
                        Decision.Alias.class,
                        alias -> assertThat(alias.match().original().key().documentId())
                                .isEqualTo(original));
        return ref;
    }

    private DocumentRef received(String collection, String id) {
        return received(collection, id, id + ".txt", blob());
    }

    private DocumentRef received(String collection, String id, String filename, Blob blob) {
        Attributes given = new Attributes(filename, "", "", "text/plain", Map.of(), List.of());
        return registry()
                .put(new DocumentKey(collection, id), given, blob)
                .document()
                .ref();
    }

    private static Blob blob() {
        return new Blob((UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", ""), 10);
    }

    private Optional<DuplicateIndex.Twin> twin(DocumentRef ref, String scope) {
        return index().twin(document(ref), scope);
    }

    private Decision decide(DocumentRef ref, String text) {
        return index().decide(ref, PREPARED, fingerprint("", text), false, equalText(text));
    }

    private static Fingerprint fingerprint(String scope, String text) {
        return new Fingerprint(scope, sha(text), null, null);
    }

    private static java.util.function.Function<DuplicateIndex.Originals, Optional<Match>> equalText(String text) {
        return originals -> originals.ofText(sha(text)).map(ref -> new Match(ref, DuplicateKind.EXACT, 1));
    }

    private static String sha(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    private Document document(DocumentRef ref) {
        return registry().find(ref.key()).orElseThrow();
    }

    private DocumentState state(DocumentRef ref) {
        return document(ref).state();
    }

    /** Empties the outbox and returns routing key, document and version of each event. */
    private List<String> drain() {
        List<String> events = new ArrayList<>();
        while (outbox().drain(100, entries -> entries.forEach(entry -> events.add(describe(entry)))) > 0) {
            continue;
        }
        return events;
    }

    String describe(OutboxEntry entry);

    private static String newCollection() {
        return "c" + UUID.randomUUID();
    }
}
