package quintet.modelserver.adapter.llama;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The model and how it is run. */
@ConfigMapping(prefix = "quintet.model-server.llama")
interface LlamaConfig {
    /** GGUF file of the model. */
    Optional<Path> modelFile();

    /** GGUF file of a small model with the same vocabulary that guesses ahead. Without one, guesses come from the text so far. */
    Optional<Path> draftFile();

    /** A llama.cpp library to use instead of the shipped one, such as a newer one or one for a GPU. */
    Optional<Path> library();

    /** Folder into which the shipped library is unpacked. */
    @WithDefault("${java.io.tmpdir}/quintet-model-server")
    Path cacheDir();

    /** Name of the model in requests and answers; without one, its file's name without the ending. */
    Optional<String> modelName();

    /** Cells of the cache of keys and values, shared by all requests. Raising it admits more and longer ones and takes memory. */
    @WithDefault("16384")
    @Min(64)
    @Max(4194304)
    int contextTokens();

    /** Completions at once. Raising it raises throughput, and the time of each token when all are taken. */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int slots();

    /** Most tokens of a decode. Raising it reads prompts faster and makes completions wait longer for it. */
    @WithDefault("512")
    @Min(32)
    @Max(8192)
    int batchTokens();

    /** Threads that compute; the machine's cores if not set. More than there are cores make it slower. */
    OptionalInt threads();
}
