package quintet.modelserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.modelserver.pipeline.Completions.request;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.modelserver.model.FinishReason;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.Sampling;
import quintet.modelserver.pipeline.Completions.Result;
import quintet.modelserver.pipeline.speculation.ModelDrafter;
import quintet.modelserver.port.ScriptedModel;

class SchedulerTest {
    private static final int TOKENS = 64;

    private static ScriptedModel model(int slots) {
        return new ScriptedModel(8192, slots, 256, 1000, 7);
    }

    /** Its texts repeat themselves after a while. */
    private static ScriptedModel repetitive(int slots) {
        return new ScriptedModel(8192, slots, 256, 1, 7);
    }

    private static List<GenerationRequest> requests(Sampling sampling) {
        return IntStream.range(0, 8)
                .mapToObj(i ->
                        request("Prompt number %d of several. ".formatted(i).repeat(1 + i % 3), TOKENS, sampling))
                .toList();
    }

    private static List<String> alone(ScriptedModel model, List<GenerationRequest> requests, int draft) {
        Completions completions = new Completions(model);
        return requests.stream()
                .map(request -> completions.complete(request, draft).text.toString())
                .toList();
    }

    private static List<String> together(ScriptedModel model, List<GenerationRequest> requests, int draft) {
        return together(new Completions(model), requests, draft);
    }

    private static List<String> together(Completions completions, List<GenerationRequest> requests, int draft) {
        List<Result> results = requests.stream()
                .map(request -> completions.submit(request, draft))
                .toList();
        completions.run();
        return results.stream().map(result -> result.text.toString()).toList();
    }

    @Test
    void eightStreamsTakeTheDecodesOfOne() {
        ScriptedModel one = model(8);
        List<String> alone = alone(one, requests(Sampling.GREEDY), 0);
        ScriptedModel eight = model(8);
        assertThat(together(eight, requests(Sampling.GREEDY), 0)).isEqualTo(alone);
        assertThat(one.decodes()).isEqualTo(8 * TOKENS);
        assertThat(eight.decodes()).isBetween(TOKENS, TOKENS + 4);
    }

    @Test
    void speculationChangesTheDecodesAndNothingElse() {
        for (Sampling sampling : List.of(Sampling.GREEDY, Sampling.random(0.4, 5))) {
            List<String> plain = alone(repetitive(8), requests(sampling), 0);
            ScriptedModel guessing = repetitive(8);
            assertThat(alone(guessing, requests(sampling), 8)).isEqualTo(plain);
            assertThat(together(repetitive(8), requests(sampling), 8)).isEqualTo(plain);
            if (sampling.greedy()) {
                assertThat(guessing.decodes()).isLessThan(8 * TOKENS * 3 / 4);
            }
        }
    }

    @Test
    void aDraftModelThatIsTheModelIsAlwaysRight() {
        List<String> plain = alone(model(8), requests(Sampling.GREEDY), 0);
        ScriptedModel target = model(8);
        ScriptedModel draft = model(8);
        Completions completions = new Completions(target, new ModelDrafter(draft));
        List<Result> results = requests(Sampling.GREEDY).stream()
                .map(request -> completions.submit(request, 7))
                .toList();
        completions.run();
        assertThat(results).extracting(result -> result.text.toString()).containsExactlyElementsOf(plain);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.usage.draftedTokens()).isGreaterThan(40);
            assertThat(result.usage.acceptedTokens()).isEqualTo(result.usage.draftedTokens());
        });
        // Eight tokens a step instead of one.
        assertThat(target.decodes()).isLessThan(TOKENS / 4);
    }

    @Test
    void aDraftModelThatIsNeverRightChangesNothing() {
        List<String> plain = alone(model(8), requests(Sampling.GREEDY), 0);
        ScriptedModel draft = new ScriptedModel(8192, 8, 256, 1000, 99);
        Completions completions = new Completions(model(8), new ModelDrafter(draft));
        assertThat(together(completions, requests(Sampling.GREEDY), 4)).isEqualTo(plain);
        assertThat(completions.count("vllm:spec_decode_num_draft_tokens")).isGreaterThan(8);
    }

    @Test
    void randomCompletionsThatComeAndGoAreAsIfTheyWereAlone() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Completions completions = new Completions(new ScriptedModel(2048, 5, 64, 2, 3));
        List<GenerationRequest> requests = IntStream.range(0, 40)
                .mapToObj(i -> request(
                        "Beginning. ".repeat(random.nextInt(6)) + i,
                        1 + random.nextInt(60),
                        random.nextBoolean() ? Sampling.GREEDY : Sampling.random(0.8, i)))
                .toList();
        List<Result> results = new java.util.ArrayList<>();
        for (GenerationRequest request : requests) {
            results.add(completions.submit(request, random.nextInt(6)));
            for (int steps = random.nextInt(12); steps > 0; steps--) {
                completions.scheduler.step();
            }
            if (random.nextInt(4) == 0) {
                results.get(random.nextInt(results.size())).completion.cancel();
            }
        }
        completions.run();
        Completions fresh = new Completions(new ScriptedModel(2048, 5, 64, 2, 3));
        for (int i = 0; i < requests.size(); i++) {
            Result expected = fresh.complete(requests.get(i), 0);
            if (results.get(i).ended()) {
                assertThat(results.get(i).text)
                        .as("seed %d, request %d", seed, i)
                        .hasToString(expected.text.toString());
            } else {
                assertThat(expected.text.toString()).as("seed %d", seed).startsWith(results.get(i).text);
            }
        }
    }

    @Test
    void aPromptThatBeginsLikeAnEarlierOneComputesOnlyTheRest() {
        ScriptedModel model = model(4);
        Completions completions = new Completions(model);
        String instructions = "Answer from the passages. ".repeat(10);
        Result first = completions.complete(request(instructions + "First?", 8, Sampling.GREEDY), 0);
        Result second = completions.complete(request(instructions + "Second?", 8, Sampling.GREEDY), 0);
        assertThat(first.usage.cachedTokens()).isZero();
        assertThat(second.usage.cachedTokens()).isEqualTo(1 + instructions.length());
        assertThat(second.text)
                .hasToString(new Completions(model(4))
                        .complete(request(instructions + "Second?", 8, Sampling.GREEDY), 0)
                        .text
                        .toString());
        assertThat(completions.count("vllm:prefix_cache_hits")).isEqualTo(1 + instructions.length());
    }

    @Test
    void aPrefixIsSharedWithOneThatStillRuns() {
        Completions completions = new Completions(model(4));
        String instructions = "Answer from the passages. ".repeat(10);
        completions.submit(request(instructions + "First?", 50, Sampling.GREEDY), 0);
        for (int i = 0; i < 10; i++) {
            completions.scheduler.step();
        }
        Result second = completions.submit(request(instructions + "Second?", 8, Sampling.GREEDY), 0);
        completions.run();
        assertThat(second.usage.cachedTokens()).isEqualTo(1 + instructions.length());
    }

    @Test
    void aConversationGoesOnInItsSlot() {
        Completions completions = new Completions(model(2));
        Result first = completions.complete(request("Hello", 10, Sampling.GREEDY), 0);
        // The bytes of the completion may be no text, so the tokens are taken as they are.
        var tokens = new java.util.ArrayList<>(
                completions.model.tokenize("Hello", true, true).toList());
        tokens.addAll(((ScriptedModel) completions.model).cached(0).subList(6, 15));
        Result second = completions.complete(
                new GenerationRequest(
                        new quintet.modelserver.model.Prompt.Tokens(tokens),
                        5,
                        Sampling.GREEDY,
                        List.of(),
                        false,
                        false),
                0);
        assertThat(first.usage.completionTokens()).isEqualTo(10);
        assertThat(second.usage.cachedTokens()).isEqualTo(tokens.size() - 1);
    }

    @Test
    void whoIsBeingWrittenDoesNotWaitForALongPrompt() {
        ScriptedModel model = model(4);
        Completions completions = new Completions(model);
        Result writing = completions.submit(request("short", 100, Sampling.GREEDY), 0);
        completions.scheduler.step();
        Result reading = completions.submit(request("long ".repeat(200), 4, Sampling.GREEDY), 0);
        int before = writing.events.size();
        int steps = 0;
        while (reading.events.isEmpty()) {
            completions.scheduler.step();
            steps++;
        }
        // 1001 tokens in pieces of 64, and a token for the other at each of the steps.
        assertThat(steps).isBetween(16, 20);
        assertThat(writing.completion.produced()).isGreaterThanOrEqualTo(before + steps);
        assertThat(model.largestBatch()).isLessThanOrEqualTo(64 + 1);
    }

    @Test
    void aCancelledCompletionIsGoneAtTheNextStep() {
        Completions completions = new Completions(model(1));
        Result first = completions.submit(request("first", 1000, Sampling.GREEDY), 0);
        Result second = completions.submit(request("second", 5, Sampling.GREEDY), 0);
        completions.scheduler.step();
        completions.scheduler.step();
        int events = first.events.size();
        first.completion.cancel();
        completions.scheduler.step();
        assertThat(first.events).hasSize(events);
        assertThat(second.completion.produced()).isEqualTo(1);
        completions.run();
        assertThat(second.reason).isEqualTo(FinishReason.LENGTH);
        assertThat(completions.count("quintet.model.cancelled")).isEqualTo(1);
    }

    @Test
    void startsOnlyWhatHasRoomToEnd() {
        // 512 cells, of which guesses take 64: two of 200 fit, not three.
        Completions completions = new Completions(new ScriptedModel(512, 4, 128, 1000, 7));
        List<Result> results = IntStream.range(0, 3)
                .mapToObj(i -> completions.submit(request("x".repeat(99), 100, Sampling.GREEDY), 0))
                .toList();
        completions.scheduler.step();
        assertThat(completions.meters.get("vllm:num_requests_running").gauge().value())
                .isEqualTo(2);
        assertThat(completions.meters.get("vllm:num_requests_waiting").gauge().value())
                .isEqualTo(1);
        completions.run();
        assertThat(results).allSatisfy(result -> assertThat(result.reason).isEqualTo(FinishReason.LENGTH));
    }

    @Test
    void goesOnInPiecesWhenTheCacheIsScattered() {
        ScriptedModel model = model(2);
        Completions completions = new Completions(model);
        List<String> expected = List.of(new Completions(model(2))
                .complete(request("abcdefgh", 8, Sampling.GREEDY), 0)
                .text
                .toString());
        model.refuse(3);
        assertThat(together(completions, List.of(request("abcdefgh", 8, Sampling.GREEDY)), 0))
                .isEqualTo(expected);
    }

    @Test
    void aStopTextEndsItAndIsNoPartOfIt() {
        String whole = new Completions(model(1))
                .complete(request("go", 40, Sampling.GREEDY), 0)
                .text
                .toString();
        String stop = whole.substring(10, 12);
        Result result = new Completions(model(1)).complete(request("go", 40, Sampling.GREEDY, stop), 8);
        assertThat(result.reason).isEqualTo(FinishReason.STOP);
        assertThat(result.text).hasToString(whole.substring(0, whole.indexOf(stop)));
    }

    @Test
    void usageCountsEveryToken() {
        Result result = new Completions(model(1)).complete(request("12345", 17, Sampling.GREEDY), 0);
        assertThat(result.reason).isEqualTo(FinishReason.LENGTH);
        assertThat(result.usage.promptTokens()).isEqualTo(6);
        assertThat(result.usage.completionTokens()).isEqualTo(17);
    }

    @Test
    void aFailureReachesEverybodyAndNothingIsKept() {
        ScriptedModel model = model(2);
        Completions completions = new Completions(model);
        Result running = completions.submit(request("a", 50, Sampling.GREEDY), 0);
        completions.scheduler.step();
        Result waiting = completions.submit(request("b", 50, Sampling.GREEDY), 0);
        model.fail(1);
        assertThatThrownBy(completions.scheduler::step).hasMessage("failed as told");
        completions.scheduler.failAll(Failure.internal(new IllegalStateException("failed as told")));
        assertThat(running.failure.reason()).isEqualTo("INTERNAL");
        assertThat(waiting.failure.reason()).isEqualTo("INTERNAL");
        assertThat(completions.scheduler.idle()).isTrue();
        assertThat(completions.complete(request("a", 5, Sampling.GREEDY), 0).reason)
                .isEqualTo(FinishReason.LENGTH);
    }
}
