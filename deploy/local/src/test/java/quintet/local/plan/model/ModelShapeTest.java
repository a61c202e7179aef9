package quintet.local.plan.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelShapeTest {
    private static final long KIB = 1024;
    private static final long GIB = 1L << 30;
    private static final ModelCatalogue CATALOGUE = ModelCatalogue.load();

    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 131072",
        "llama-3.1-70b, 327680",
        "qwen2.5-7b, 57344",
        "llama-2-7b, 524288",
        "mistral-7b, 131072",
        "deepseek-v3, 70272",
        "gpt-oss-20b, 49152"
    })
    void keepsSoManyBytesOfATokenInSixteenBits(String name, long bytes) {
        assertThat(shape(name).cacheBytesPerToken(2)).isEqualTo(bytes);
    }

    @Test
    void aModelWithFullAttentionKeepsAGibibyteOfTwoThousandTokens() {
        assertThat(shape("llama-2-7b").cacheBytesOfSequence(2048, 2)).isEqualTo(GIB);
        assertThat(shape("llama-2-7b").cacheBytesOfSequence(2048, 4)).isEqualTo(2 * GIB);
    }

    @Test
    void eightBitsTakeHalf() {
        assertThat(shape("llama-3.1-8b").cacheBytesPerToken(KvCacheType.FP8.bytes()))
                .isEqualTo(64 * KIB);
    }

    @Test
    void aLatentTakesFiveHundredAndSeventySixNumbersALayer() {
        assertThat(shape("deepseek-v3").cacheBytesPerToken(2)).isEqualTo(576L * 2 * 61);
    }

    @Test
    void aWindowEndsTheGrowth() {
        ModelShape mistral = shape("mistral-7b-v0.1");
        assertThat(mistral.windows()).isEqualTo(new LayerWindows(0, 32, 4096));
        assertThat(mistral.cacheBytesOfSequence(2048, 2)).isEqualTo(2048 * 128 * KIB);
        assertThat(mistral.cacheBytesOfSequence(32_768, 2)).isEqualTo((4096 + 16) * 128 * KIB);
    }

    @Test
    void alternatingLayersGrowWithTheFullOnesOnly() {
        assertThat(shape("gemma-2-9b").windows()).isEqualTo(new LayerWindows(21, 21, 4096));
        assertThat(shape("gemma-3-27b").windows()).isEqualTo(new LayerWindows(10, 52, 1024));
        assertThat(shape("gpt-oss-120b").windows()).isEqualTo(new LayerWindows(18, 18, 128));
        long layer = 2L * 16 * 128 * 2;
        assertThat(shape("gemma-3-27b").cacheBytesOfSequence(100_000, 2))
                .isEqualTo(10 * layer * 100_000 + 52 * layer * (1024 + 16));
    }

    @Test
    void aWindowThatIsTurnedOffIsNone() {
        assertThat(shape("qwen2.5-7b").windows()).isEqualTo(LayerWindows.allFull(28));
    }

    @Test
    void tokensAreKeptInWholeBlocks() {
        assertThat(shape("llama-3.1-8b").cacheBytesOfSequence(1, 2)).isEqualTo(16 * 128 * KIB);
        assertThat(shape("llama-3.1-8b").cacheBytesOfSequence(17, 2)).isEqualTo(32 * 128 * KIB);
    }

    private static ModelShape shape(String name) {
        return CATALOGUE.get(name).shape();
    }
}
