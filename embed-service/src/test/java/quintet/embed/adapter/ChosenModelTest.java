package quintet.embed.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.embed.adapter.clip.ImageConfig;
import quintet.embed.adapter.onnx.OnnxConfig;
import quintet.embed.adapter.openai.RemoteConfig;
import quintet.embed.model.ModelRef;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.graph.TinyClip;
import quintet.encoder.model.ModelException;

class ChosenModelTest {
    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    private Path folder;

    /** A native library belongs to one class loader: the tests of the whole service load their own copy. */
    @BeforeAll
    static void unpackTheTokenizersOnce(@TempDir Path own) {
        System.setProperty("DJL_CACHE_DIR", own.toString());
    }

    @Test
    void takesWordVectorsWhereTheFolderHoldsSome() throws IOException {
        Files.writeString(folder.resolve("vectors.txt"), "cat 1 0\n");
        try (EmbeddingModel model = choose(folder.toString())) {
            assertThat(model.getClass().getSimpleName()).isEqualTo("WordEmbeddingModel");
        }
    }

    @Test
    void takesClipWhereTheFolderHoldsIt() throws IOException {
        TinyClip.ofSeed(1).write(folder, true);
        try (EmbeddingModel model = choose(folder.toString())) {
            assertThat(model.getClass().getSimpleName()).isEqualTo("ClipEmbeddingModel");
        }
    }

    @Test
    void takesATransformerFromAnyOtherFolder() {
        assertThatThrownBy(() -> choose(folder.toString()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.onnx");
    }

    @Test
    void saysWhichModelsThereAre() {
        assertThatThrownBy(() -> choose("nothing"))
                .isInstanceOf(ModelException.class)
                .hasMessage("quintet.embed.model is nothing, which is no folder and none of bge-small-en-v1.5-int8,"
                        + " bge-small-en-v1.5, bge-small-en-v1.5-q, all-minilm-l6-v2-q");
    }

    @Test
    void takesAServerElsewhereWhereOneIsNamed() throws Exception {
        settings.put("quintet.embed.remote.url", "http://127.0.0.1:1/v1");
        settings.put("quintet.embed.remote.model", "remote");
        settings.put("quintet.embed.remote.dimension", "2");
        try (EmbeddingModel model = choose("nothing")) {
            assertThat(model.ref()).isEqualTo(new ModelRef("remote", "1", 2));
        }
    }

    private EmbeddingModel choose(String model) {
        settings.put("quintet.embed.model", model);
        settings.put("quintet.embed.cache-dir", folder.resolve("cache").toString());
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withMapping(OnnxConfig.class)
                .withMapping(RemoteConfig.class)
                .withMapping(ImageConfig.class);
        // Quarkus reads 7s, this reader only PT7S.
        for (String duration : List.of(
                "drain",
                "remote.drain",
                "remote.connect-timeout",
                "remote.read-timeout",
                "remote.backoff",
                "remote.max-pause")) {
            settings.put("quintet.embed." + duration, "PT1S");
        }
        settings.forEach((key, value) -> {
            var _ = builder.withDefaultValue(key, value);
        });
        SmallRyeConfig config = builder.build();
        return ChosenModel.choose(
                config.getConfigMapping(OnnxConfig.class),
                config.getConfigMapping(RemoteConfig.class),
                config.getConfigMapping(ImageConfig.class),
                new SimpleMeterRegistry());
    }
}
