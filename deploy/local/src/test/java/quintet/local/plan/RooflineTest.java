package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelShape;
import quintet.local.plan.model.Quantization;

class RooflineTest {
    private static final Gpu H100 = PlanRequests.GPUS.get("h100");
    private static final Gpu L40S = PlanRequests.GPUS.get("l40s");
    private static final ModelShape LLAMA =
            PlanRequests.CATALOGUE.get("llama-3.1-8b").shape();
    private static final ModelShape MIXTRAL =
            PlanRequests.CATALOGUE.get("mixtral-8x7b").shape();

    @Test
    void aTokenAloneReadsAllWeightsButTheEmbeddingOnce() {
        // (8,030,261,248 - 128,256 x 4,096) x 2 bytes, less the norms; 1,024 tokens of 128 KiB.
        double weights = (8_030_261_248.0 - 128_256 * 4096 - 65 * 4096) * 2;
        assertThat(roofline(LLAMA, H100, 1, 1).decodeLimitAlone(1024))
                .isCloseTo(3350e9 / (weights + 1024 * 131_072), within(0.01));
    }

    @Test
    void aPromptIsTwoOperationsAParameterAndItsPairs() {
        double products = 2 * (8_030_261_248.0 - 128_256 * 4096);
        double pairs = 4.0 * 32 * 128 * 32 * 2000 / 2;
        assertThat(roofline(LLAMA, H100, 1, 1).prefillLimit(2000)).isCloseTo(989e12 / (products + pairs), within(1.0));
    }

    @Test
    void aBatchSharesTheWeights() {
        Roofline roofline = roofline(LLAMA, H100, 1, 1);
        double one = roofline.stepSeconds(1, 1, 1000);
        double many = roofline.stepSeconds(32, 1, 1000);
        assertThat(many).isGreaterThan(one).isLessThan(2 * one);
        assertThat(roofline.waitsForMemory(32, 1, 1000)).isTrue();
        assertThat(roofline.waitsForMemory(1024, 4, 100)).isFalse();
    }

    @Test
    void aTokenOfAMixtureReadsItsExpertsAndABatchAll() {
        Setup setup = new Setup(MIXTRAL, Quantization.NONE, KvCacheType.AUTO, new Layout(1, 1, 1, 8));
        assertThat(setup.weightBytesRead(1)).isBetween(25.0e9, 25.6e9);
        assertThat(setup.weightBytesRead(256)).isBetween(93.0e9, 93.4e9);
    }

    @Test
    void gpusThatShareALayerAreFasterWithNvlinkThanWithout() {
        assertThat(roofline(LLAMA, H100, 4, 1).stepSeconds(1, 1, 1000))
                .isLessThan(roofline(LLAMA, H100, 1, 1).stepSeconds(1, 1, 1000));
        double linked = roofline(LLAMA, H100, 4, 1).prefillSeconds(8000);
        double unlinked =
                roofline(LLAMA, PlanRequests.GPUS.get("h100-pcie"), 4, 1).prefillSeconds(8000);
        assertThat(unlinked).isGreaterThan(2 * linked);
    }

    @Test
    void aPipelineDoesNotShortenATokenButCarriesMore() {
        double one = roofline(LLAMA, L40S, 1, 1).stepSeconds(1, 1, 1000);
        double two = roofline(LLAMA, L40S, 1, 2).stepSeconds(1, 1, 1000);
        assertThat(two).isGreaterThanOrEqualTo(one);
        assertThat(roofline(LLAMA, L40S, 1, 2).prefillShare(4000))
                .isLessThan(roofline(LLAMA, L40S, 1, 1).prefillShare(4000));
    }

    @Test
    void checkingDraftsIsFreeAsLongAsMemoryIsWaitedFor() {
        Workload load = Workload.of(8192, 1, 4000, 400);
        Setup setup = new Setup(LLAMA, Quantization.NONE, KvCacheType.AUTO, new Layout(1, 1, 1, 8));
        Speed few = Speed.of(H100, setup, new Drafter.Ngram(4), load, 8, 1);
        assertThat(few.breakEvenFull()).isBetween(1.0, 1.01);
        Speed many = Speed.of(H100, setup, new Drafter.Ngram(4), Workload.of(256, 1, 100, 100), 1000, 1);
        assertThat(many.breakEvenFull()).isGreaterThan(1.5);
        Speed draft = Speed.of(
                H100,
                setup,
                new Drafter.Draft(
                        4, "x", PlanRequests.CATALOGUE.get("llama-3.2-1b").shape()),
                load,
                8,
                1);
        assertThat(draft.breakEvenAlone()).isGreaterThan(1.3);
    }

    private static Roofline roofline(ModelShape model, Gpu gpu, int tensor, int stages) {
        return new Roofline(
                gpu, new Setup(model, Quantization.NONE, KvCacheType.AUTO, new Layout(tensor, stages, 1, 8)));
    }
}
