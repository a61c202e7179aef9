package quintet.embed.adapter.onnx;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** The embedding model in this process and how it is run. */
@ConfigMapping(prefix = "quintet.embed")
public interface OnnxConfig {
    /**
     * The model: {@code bge-small-en-v1.5-int8}, the same in single precision ({@code bge-small-en-v1.5}) or dynamically quantized
     * ({@code bge-small-en-v1.5-q}), {@code all-minilm-l6-v2-q}; or a folder with {@code model.onnx}, {@code tokenizer.json} and
     * {@code model.properties}, whose keys the README of the service lists; or one with word vectors, such as {@code vectors.txt}, which
     * none of the properties below concern.
     */
    @WithDefault("bge-small-en-v1.5-int8")
    String model();

    /** Folder for what is unpacked at the first start, about 110 MB. */
    Path cacheDir();

    /** Threads that run the model, as many as processors unless set; more than those help nothing. */
    @Min(1)
    @Max(256)
    OptionalInt workers();

    /** Texts that callers wait for and that may queue; raising it makes callers wait where they were refused. */
    @WithDefault("512")
    @Min(1)
    int interactiveQueue();

    /** Texts that nobody waits for and that may queue; raising it keeps more of them in memory. */
    @WithDefault("1024")
    @Min(1)
    int bulkQueue();

    /** Tokens of one run; raising it above what fits the processor's cache makes each of them take longer. */
    @WithDefault("192")
    @Min(1)
    int batchTokens();

    /** Time to finish what is queued when the service stops. */
    @WithDefault("7s")
    Duration drain();
}
