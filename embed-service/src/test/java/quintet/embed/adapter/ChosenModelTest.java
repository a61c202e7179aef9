package quintet.embed.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.embed.adapter.onnx.OnnxConfig;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.model.ModelException;

class ChosenModelTest {
    @TempDir
    private Path folder;

    @Test
    void takesWordVectorsWhereTheFolderHoldsSome() throws IOException {
        Files.writeString(folder.resolve("vectors.txt"), "cat 1 0\n");
        try (EmbeddingModel model = choose(folder.toString())) {
            assertThat(model.getClass().getSimpleName()).isEqualTo("WordEmbeddingModel");
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

    private EmbeddingModel choose(String model) {
        OnnxConfig config = new SmallRyeConfigBuilder()
                .withMapping(OnnxConfig.class)
                .withDefaultValue("quintet.embed.model", model)
                .withDefaultValue("quintet.embed.drain", "PT1S")
                .withDefaultValue(
                        "quintet.embed.cache-dir", folder.resolve("cache").toString())
                .build()
                .getConfigMapping(OnnxConfig.class);
        return ChosenModel.choose(config, new SimpleMeterRegistry());
    }
}
