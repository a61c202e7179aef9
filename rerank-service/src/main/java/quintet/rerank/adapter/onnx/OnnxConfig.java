package quintet.rerank.adapter.onnx;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** The cross-encoder and how it is run. */
@ConfigMapping(prefix = "quintet.rerank")
interface OnnxConfig {
    /**
     * The model: {@code quintet-reader-v1-int8}, the dynamically quantized {@code quintet-reader-v1} it is made of, or a folder with
     * {@code model.onnx} and {@code tokenizer.json}.
     */
    @WithDefault("quintet-reader-v1-int8")
    String model();

    /** Folder for what is unpacked at the first start, about 80 MB. */
    Path cacheDir();

    /** Tokens of a pair, special ones included; raising it reads more of long passages and takes longer for them. */
    @WithDefault("256")
    @Min(32)
    @Max(8192)
    int window();

    /** Tokens of an answer span, at most. */
    @WithDefault("30")
    @Min(1)
    int maxSpanTokens();

    /** Threads that run the model, as many as processors unless set; more than those help nothing. */
    @Min(1)
    @Max(256)
    OptionalInt workers();

    /** Pairs that may queue; raising it makes callers wait where they were refused. */
    @WithDefault("1024")
    @Min(1)
    int queue();

    /** Tokens of one run; raising it above what fits the processor's cache makes each of them take longer. */
    @WithDefault("256")
    @Min(1)
    int batchTokens();

    /** Time to finish what is queued when the service stops. */
    @WithDefault("7s")
    Duration drain();
}
