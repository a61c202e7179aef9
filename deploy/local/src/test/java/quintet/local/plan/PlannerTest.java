package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.local.plan.model.CatalogueModel;
import quintet.local.plan.model.Quantization.Method;

class PlannerTest {
    @Test
    void takesOneGpuWhereOneDoes() {
        Plan plan = PlanRequests.of("llama-3.1-8b", "h100").concurrency(32).plan();
        assertThat(plan.best().layout()).isEqualTo(new Layout(1, 1, 1, 8));
        assertThat(plan.carries()).isTrue();
        assertThat(plan.best().serving()).isEqualTo(32);
        // 0.9 x 79.6 GiB less 15 GiB of weights and 2 GiB of the rest, a GiB each.
        assertThat(plan.best().sequencesOfLongest()).isBetween(50, 56);
    }

    @Test
    void sharesLayersWhereTheWeightsAreTooLarge() {
        Plan plan = PlanRequests.of("llama-3.1-70b", "h100").concurrency(16).plan();
        assertThat(plan.best().layout()).isEqualTo(new Layout(4, 1, 1, 8));
        assertThat(plan.best().memory().weights()).isBetween(32L << 30, 34L << 30);
    }

    @Test
    void putsLayersOneAfterAnotherWhereThereIsNoNvlinkAndThatTakesFewerGpus() {
        Plan plan = PlanRequests.of("llama-3.1-70b", "l40s")
                .quantization(Method.AWQ)
                .concurrency(20)
                .plan();
        assertThat(plan.best().layout().gpus()).isLessThan(4);
        assertThat(plan.best().layout().pipelineParallel()).isEqualTo(3);
        // Asked for as many, NVLink or not.
        assertThat(PlanRequests.of("llama-3.1-70b", "h100")
                        .concurrency(16)
                        .gpus(3)
                        .plan()
                        .best()
                        .layout())
                .isEqualTo(new Layout(1, 3, 1, 8));
    }

    @Test
    void goesOnInFurtherMachinesAsAPipelineWithoutDrafts() {
        Plan plan = PlanRequests.of("llama-3.1-405b", "h100").plan();
        assertThat(plan.best().layout()).isEqualTo(new Layout(8, 2, 1, 8));
        assertThat(plan.best().layout().nodesOfServer()).isEqualTo(2);
        assertThat(plan.drafter()).isEqualTo(new Drafter.None());
        assertThat(plan.notes()).anyMatch(note -> note.contains("speculation is left out"));
        assertThat(plan.arguments().values()).containsEntry("speculative-config", "");
    }

    @Test
    void doesNotTakeAPipelineWhenDraftsAreAskedFor() {
        assertThatThrownBy(() -> PlanRequests.of("llama-3.1-405b", "h100")
                        .speculation("ngram")
                        .plan())
                .hasMessageContaining("no pipeline, because drafts can't be checked in one");
    }

    @Test
    void addsServersWhenOneIsFull() {
        Plan plan = PlanRequests.of("llama-3.1-8b", "l4").concurrency(30).plan();
        assertThat(plan.best().layout().gpus()).isGreaterThan(1);
        assertThat(plan.carries()).isTrue();
        Plan one = PlanRequests.of("llama-3.1-8b", "l4").concurrency(30).gpus(1).plan();
        assertThat(one.carries()).isFalse();
        assertThat(one.notes()).anyMatch(note -> note.contains("30 were asked for"));
    }

    @Test
    void sharesOnlyWholeHeads() {
        // 28 heads: no eight GPUs share a layer of it.
        Plan plan = PlanRequests.of("qwen2.5-7b", "a10").gpus(8).plan();
        assertThat(plan.best().layout().tensorParallel()).isIn(1, 2, 4);
        assertThat(plan.best().layout().gpus()).isEqualTo(8);
    }

    @Test
    void aLatentIsCopiedToEveryGpuAndTheReaderIsTold() {
        Plan plan = PlanRequests.of("deepseek-v3", "h200").plan();
        assertThat(plan.best().layout()).isEqualTo(new Layout(8, 1, 1, 8));
        assertThat(plan.quantization().method()).isEqualTo(Method.FP8);
        assertThat(plan.notes()).anyMatch(note -> note.contains("fewer heads of keys and values"));
    }

    @Test
    void namesAReadyCheckpoint() {
        Plan plan = PlanRequests.of("qwen2.5-7b", "l4")
                .quantization(Method.AWQ)
                .concurrency(8)
                .plan();
        assertThat(plan.arguments().values())
                .containsEntry("model", "Qwen/Qwen2.5-7B-Instruct-AWQ")
                .containsEntry("quantization", "");
        // 1.09 billion parameters of embeddings in 16 bits, 6.53 billion in 4.16.
        assertThat(plan.best().memory().weights()).isBetween(5_500_000_000L, 5_600_000_000L);
    }

    @Test
    void groupsOfAReadyCheckpointLieAsItsOwnConfigurationSays() {
        // The published one is padded, so that more GPUs share it than the unpadded 29,568 would let.
        assertThat(PlanRequests.of("qwen2.5-72b", "l40s")
                        .quantization(Method.AWQ)
                        .concurrency(8)
                        .gpus(2)
                        .plan()
                        .best()
                        .layout()
                        .tensorParallel())
                .isEqualTo(2);
    }

    @Test
    void quantizesOnlineWhereThereIsNone() {
        Plan plan =
                PlanRequests.of("qwen2.5-7b", "l40s").quantization(Method.FP8).plan();
        assertThat(plan.arguments().values())
                .containsEntry("model", "Qwen/Qwen2.5-7B-Instruct")
                .containsEntry("quantization", "fp8");
        Plan named = PlanRequests.of("qwen2.5-7b", "l40s")
                .quantization(Method.FP8)
                .checkpoint("team/own-fp8")
                .plan();
        assertThat(named.arguments().values())
                .containsEntry("model", "team/own-fp8")
                .containsEntry("quantization", "");
    }

    @Test
    void refusesWhatTheGpuCannotDo() {
        assertRefused(
                PlanRequests.of("llama-3.1-8b", "a100").fp8Cache(), "NO_FP8_CACHE", "an NVIDIA A100 SXM 80 GB has 8.0");
        assertRefused(PlanRequests.of("llama-3.1-8b", "b200").quantization(Method.INT8), "NO_INT8", "take fp8");
        assertThat(PlanRequests.of("llama-3.1-8b", "a100")
                        .quantization(Method.FP8)
                        .plan()
                        .notes())
                .anyMatch(note -> note.contains("prompts are as slow as in 16 bits"));
    }

    @Test
    void refusesWhatContradictsTheCheckpoint() {
        assertRefused(
                PlanRequests.of("gpt-oss-20b", "h100").quantization(Method.AWQ),
                "QUANTIZED_ALREADY",
                "--quantization is awq, but the checkpoint is quantized with mxfp4");
        assertThat(PlanRequests.of("gpt-oss-20b", "l4")
                        .concurrency(4)
                        .plan()
                        .best()
                        .layout()
                        .gpus())
                .isEqualTo(1);
    }

    @Test
    void refusesAContextThatTheModelWasNotMadeFor() {
        assertRefused(
                PlanRequests.of("llama-2-7b", "h100"),
                "CONTEXT_TOO_LONG",
                "--context is 8,192, must be at most 4,096, which meta-llama/Llama-2-7b-chat-hf was made for");
    }

    @Test
    void saysWhatIsTooLarge() {
        assertRefused(
                PlanRequests.of("llama-3.1-70b", "a10").gpus(2),
                "DOES_NOT_FIT",
                "its weights take 131.4 GiB and a sequence of 8,192 tokens 2.50 GiB, and an NVIDIA A10 24 GB has 22.5 GiB. Tried 2 GPUs");
    }

    @RepeatedTest(40)
    void whatIsPlannedFits(RepetitionInfo info) {
        long seed = 7919L * info.getCurrentRepetition();
        Random random = new Random(seed);
        CatalogueModel model = pick(random, PlanRequests.CATALOGUE.models());
        Gpu gpu = pick(random, PlanRequests.GPUS.gpus());
        int context = Math.min(model.shape().contextLimit(), 256 << random.nextInt(8));
        PlanRequests request = PlanRequests.of(model.name(), gpu.name()).load(context, 1 + random.nextInt(300), 0, 0);
        Plan plan;
        try {
            plan = request.plan();
        } catch (Failure failure) {
            assertThat(failure.reason()).as("seed %d", seed).isEqualTo("DOES_NOT_FIT");
            return;
        }
        String what = "seed %d: %s on %s".formatted(seed, model.name(), gpu.name());
        Candidate best = plan.best();
        GpuMemory memory = best.memory();
        Setup setup =
                new Setup(model.shape(), plan.quantization(), request.request().cache(), best.layout());
        assertThat(memory.weights()
                        + memory.draft()
                        + memory.activations()
                        + memory.graphs()
                        + memory.runtime()
                        + memory.cache())
                .as(what)
                .isEqualTo(memory.budget());
        assertThat(best.serving() * setup.cacheBytes(request.request().load().sequenceTokens()))
                .as(what)
                .isLessThanOrEqualTo(memory.cache());
        assertThat(plan.carries()).as(what).isTrue();
        // All GPUs together hold at least every weight once.
        assertThat((double) memory.weights() * best.layout().gpusOfServer())
                .as(what)
                .isGreaterThanOrEqualTo(new Setup(
                                        model.shape(),
                                        plan.quantization(),
                                        request.request().cache(),
                                        new Layout(1, 1, 1, 8))
                                .weightBytes()
                        * 0.999);
        assertThat(plan.others())
                .as(what)
                .allMatch(other -> other.layout().gpus() >= best.layout().gpus());
        assertThat(best.speed().nextTokenFullMs())
                .as(what)
                .isGreaterThanOrEqualTo(best.speed().nextTokenAloneMs() * 0.99);
    }

    private static <T> T pick(Random random, java.util.List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static void assertRefused(PlanRequests request, String reason, String message) {
        assertThatThrownBy(request::plan)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
