package quintet.embed.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quintet.embed.model.DocumentPart;
import quintet.embed.model.DocumentVersion;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.InputSide;
import quintet.embed.model.KeyedVector;
import quintet.embed.model.ModelRef;
import quintet.embed.model.PartPayload;
import quintet.embed.model.Passage;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.embed.model.VectorKey;
import quintet.embed.port.EmbeddingPublisher;
import quintet.failure.Failure;

class EmbedPipelineTest {
    private static final DocumentVersion DOCUMENT = new DocumentVersion("c", "d", 3);

    private static final EmbedConfig CONFIG = new SmallRyeConfigBuilder()
            .withMapping(EmbedConfig.class)
            .withDefaultValue("quintet.embed.request.max-texts", "4")
            .withDefaultValue("quintet.embed.request.interactive-passages", "2")
            .build()
            .getConfigMapping(EmbedConfig.class);

    private final WordModel model = new WordModel(20);
    private final List<String> published = new ArrayList<>();
    private final List<VectorKey> keys = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean brokerDown;
    private final EmbedPipeline pipeline = new EmbedPipeline(
            model,
            new EmbeddingPublisher() {
                @Override
                public void embedded(DocumentPart part, List<KeyedVector> vectors, ModelRef ref) {
                    publish("%s %s of %s"
                            .formatted(
                                    part.document().documentId(),
                                    vectors.stream()
                                            .map(each -> each.vector().isPresent() ? "vector" : "key")
                                            .toList(),
                                    ref.name()));
                    keys.addAll(vectors.stream().map(KeyedVector::key).toList());
                }

                @Override
                public void failed(DocumentVersion document, Failure why) {
                    publish("%s failed: %s".formatted(document.documentId(), why.reason()));
                }
            },
            CONFIG,
            TracerProvider.noop().get("test"),
            meters);

    private void publish(String event) {
        if (brokerDown) {
            throw Failure.unavailable("BROKER_UNAVAILABLE", "down", null);
        }
        published.add(event);
    }

    @Test
    void letsQueriesAndAFewPassagesOvertakeDocuments() {
        embed(InputSide.QUERY, "a", "b", "c", "d");
        embed(InputSide.PASSAGE, "a", "b");
        embed(InputSide.PASSAGE, "a", "b", "c");
        assertThat(model.urgencies).containsExactly(Urgency.INTERACTIVE, Urgency.INTERACTIVE, Urgency.BULK);
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertReason("EMPTY_INPUT", InputSide.QUERY);
        assertReason("EMPTY_INPUT", InputSide.QUERY, "a", " \n\t");
        assertReason("TOO_MANY_TEXTS", InputSide.QUERY, "a", "b", "c", "d", "e");
        assertThatThrownBy(() -> pipeline.embed(request(Optional.of("other"), Optional.empty(), OptionalInt.empty()))
                        .await()
                        .indefinitely())
                .hasMessage("model is 'other', there is only words");
        assertThat(model.embedded).isEmpty();
    }

    @Test
    void cutsVectorsToALengthThatTheModelWasTrainedFor() {
        EmbedResult cut = pipeline.embed(request(Optional.empty(), Optional.empty(), OptionalInt.of(1)))
                .await()
                .indefinitely();
        assertThat(cut.embeddings().getFirst().vector()).isEqualTo(new UnitVector(1f));
        assertThat(cut.model().dimension()).isEqualTo(1);
        EmbedResult whole = pipeline.embed(request(Optional.empty(), Optional.empty(), OptionalInt.of(2)))
                .await()
                .indefinitely();
        assertThat(whole.embeddings().getFirst().vector()).isEqualTo(new UnitVector(0.6f, 0.8f));
        assertThatThrownBy(() -> pipeline.embed(request(Optional.empty(), Optional.empty(), OptionalInt.of(3)))
                        .await()
                        .indefinitely())
                .hasMessage("dimensions is 3, the model has only 2: no matryoshka in its description allows others");
    }

    @Test
    void refusesAnInstructionThatTheModelDoesNotTake() {
        assertThatThrownBy(() -> pipeline.embed(request(Optional.empty(), Optional.of("find"), OptionalInt.empty()))
                        .await()
                        .indefinitely())
                .hasMessage("there is an instruction, but words takes none: its description has no"
                        + " instruction-template");
    }

    @Test
    void publishesTheVectorsOfAPartWithItsHeadings() {
        pipeline.embedPart(part("one two", "three"));
        assertThat(model.embedded).containsExactly("Title > Section\none two", "Title > Section\nthree");
        assertThat(published).containsExactly("d [vector, vector] of words");
    }

    @Test
    void embedsOnlyWhatChanged() {
        pipeline.embedPart(part(Set.of(0, 2), "one", "two", "three"));
        assertThat(model.embedded).containsExactly("Title > Section\ntwo");
        assertThat(published).containsExactly("d [key, vector, key] of words");
        assertThat(chunks("embedded")).isEqualTo(1);
        assertThat(chunks("reused")).isEqualTo(2);
    }

    @Test
    void doesNotWaitForTheModelWhereNothingChanged() {
        model.busy = true;
        pipeline.embedPart(part(Set.of(0, 1), "one", "two"));
        assertThat(published).containsExactly("d [key, key] of words");
    }

    @Test
    void keysNameEverythingThatAVectorIsMadeFrom() {
        pipeline.embedPart(part("one", "two", "one"));
        pipeline.embedPart(part(Set.of(0), "one"));
        assertThat(keys.get(0)).isEqualTo(keys.get(2)).isEqualTo(keys.get(3)).isNotEqualTo(keys.get(1));
        String read = "Title > Section\none";
        assertThat(keys.get(0)).isEqualTo(VectorKeys.of(model.ref(), read));
        assertThat(List.of(new ModelRef("other", "1", 2), new ModelRef("words", "2", 2), new ModelRef("words", "1", 3)))
                .noneMatch(other -> VectorKeys.of(other, read).equals(keys.get(0)));
    }

    @Test
    void publishesNothingOfAPartThatDoesNotFit() {
        String long21 = String.join(" ", Collections.nCopies(21, "w"));
        assertThatThrownBy(() -> pipeline.embedPart(part("one", long21)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("TEXT_TOO_LONG"));
        assertThat(published).isEmpty();
    }

    @Test
    void saysThatADocumentFailedOrThatItCouldNot() {
        pipeline.giveUp(DOCUMENT, Failure.invalidInput("TEXT_TOO_LONG", "too long"));
        assertThat(published).containsExactly("d failed: TEXT_TOO_LONG");
        brokerDown = true;
        assertThatThrownBy(() -> pipeline.giveUp(DOCUMENT, Failure.invalidInput("TEXT_TOO_LONG", "too long")))
                .as("the message stays, and it is said again")
                .hasMessage("down");
        assertThatThrownBy(() -> pipeline.embedPart(part("one"))).hasMessage("down");
    }

    private static EmbedRequest request(Optional<String> model, Optional<String> instruction, OptionalInt dimensions) {
        return new EmbedRequest(List.of("a"), InputSide.QUERY, model, instruction, dimensions, false);
    }

    private void embed(InputSide side, String... texts) {
        pipeline.embed(EmbedRequest.of(List.of(texts), side)).await().indefinitely();
    }

    private void assertReason(String reason, InputSide side, String... texts) {
        assertThatThrownBy(() -> embed(side, texts))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private double chunks(String vector) {
        return meters.counter("quintet.embed.chunks", "vector", vector).count();
    }

    private static DocumentPart part(String... texts) {
        return part(Set.of(), texts);
    }

    private static DocumentPart part(Set<Integer> unchanged, String... texts) {
        List<Passage> passages = new ArrayList<>();
        for (String text : texts) {
            passages.add(new Passage("Title", "file.pdf", List.of("Section"), text));
        }
        return new DocumentPart(DOCUMENT, 0, passages, unchanged, new PartPayload(new byte[0]));
    }
}
