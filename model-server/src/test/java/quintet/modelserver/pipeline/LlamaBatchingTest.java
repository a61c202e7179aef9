package quintet.modelserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.modelserver.pipeline.Completions.request;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.modelserver.adapter.llama.Llama;
import quintet.modelserver.gguf.RandomModel;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.Sampling;
import quintet.modelserver.pipeline.Completions.Result;
import quintet.modelserver.pipeline.speculation.ModelDrafter;
import quintet.modelserver.port.LanguageModel;
import quintet.modelserver.port.Models;

/** The scheduler over llama.cpp itself: what comes is the same alone, batched and guessed ahead; decodes tell what it took. */
class LlamaBatchingTest {
    private static final int TOKENS = 64;
    private static final int STREAMS = 8;

    private LanguageModel model;

    @BeforeEach
    void load() {
        model = Llama.models(Llama.file(RandomModel.tiny(11)), 4096, STREAMS, 256)
                .load();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static List<GenerationRequest> requests() {
        return IntStream.range(0, STREAMS)
                .mapToObj(i -> request("Passage %d says so. ".formatted(i).repeat(i + 1), TOKENS, Sampling.GREEDY))
                .toList();
    }

    private record Run(List<String> texts, double decodes, double drafted, double accepted) {}

    private Run run(boolean together, int draft) {
        return run(new Completions(model), together, draft);
    }

    private static Run run(Completions completions, boolean together, int draft) {
        List<Result> results = requests().stream()
                .map(request -> together ? completions.submit(request, draft) : completions.complete(request, draft))
                .toList();
        completions.run();
        completions.scheduler.failAll(Failure.unavailable("OVER", "over", null));
        return new Run(
                results.stream().map(result -> result.text.toString()).toList(),
                completions.count("quintet.model.decodes"),
                completions.count("vllm:spec_decode_num_draft_tokens"),
                completions.count("vllm:spec_decode_num_accepted_tokens"));
    }

    @Test
    void theSameComesAloneBatchedAndGuessedAhead() {
        Run alone = run(false, 0);
        Run batched = run(true, 0);
        assertThat(batched.texts()).isEqualTo(alone.texts());
        assertThat(alone.texts()).doesNotHaveDuplicates().allMatch(text -> text.length() > 10);
        assertThat(alone.decodes()).isEqualTo(STREAMS * TOKENS);
        assertThat(batched.decodes()).isBetween((double) TOKENS, TOKENS + 12.0);
        for (int draft : new int[] {2, 4, 8}) {
            Run guessed = run(true, draft);
            assertThat(guessed.texts()).as("guesses of %d", draft).isEqualTo(alone.texts());
            assertThat(run(false, draft).texts())
                    .as("alone, guesses of %d", draft)
                    .isEqualTo(alone.texts());
        }
    }

    @Test
    void aDraftModelOfItsOwnKindSavesDecodes() {
        Run plain = run(true, 0);
        Models models =
                Llama.models(Llama.file(RandomModel.tiny(11)), Llama.file(RandomModel.tiny(11)), 4096, STREAMS, 256);
        Optional<LanguageModel> draft = models.loadDraft(model);
        try (ModelDrafter drafter = new ModelDrafter(draft.orElseThrow())) {
            Run guessed = run(new Completions(model, drafter), true, 7);
            assertThat(guessed.texts()).isEqualTo(plain.texts());
            assertThat(guessed.accepted()).isGreaterThan(0.9 * guessed.drafted());
            assertThat(guessed.decodes()).isLessThan(plain.decodes() / 3);
        }
    }

    @Test
    void aDraftModelOfAnotherKindChangesNothing() {
        Run plain = run(true, 0);
        Models models =
                Llama.models(Llama.file(RandomModel.tiny(11)), Llama.file(RandomModel.tiny(12)), 4096, STREAMS, 256);
        try (ModelDrafter drafter = new ModelDrafter(models.loadDraft(model).orElseThrow())) {
            Run guessed = run(new Completions(model, drafter), true, 4);
            assertThat(guessed.texts()).isEqualTo(plain.texts());
            assertThat(guessed.drafted()).isPositive();
        }
    }

    @Test
    void aSharedPrefixGivesTheSameText() {
        String instructions = "Answer from the passages alone. ".repeat(12);
        GenerationRequest second = request(instructions + "What else?", 48, Sampling.GREEDY);
        String fresh = new Completions(model).complete(second, 0).text.toString();
        Completions again = new Completions(model);
        again.scheduler.failAll(Failure.unavailable("OVER", "over", null));
        for (int sequence = 0; sequence < STREAMS; sequence++) {
            model.forget(sequence, 0);
        }
        again.complete(request(instructions + "What?", 48, Sampling.GREEDY), 0);
        Result result = again.complete(second, 0);
        assertThat(result.usage.cachedTokens()).isGreaterThan(instructions.length());
        assertThat(result.text).hasToString(fresh);
    }

    @Test
    void samplingWithASeedIsTheSameGuessedAhead() {
        GenerationRequest request = request("Once upon a time", 96, Sampling.random(0.7, 42));
        String plain = new Completions(model).complete(request, 0).text.toString();
        for (int sequence = 0; sequence < STREAMS; sequence++) {
            model.forget(sequence, 0);
        }
        assertThat(new Completions(model).complete(request, 8).text).hasToString(plain);
    }
}
