package quintet.embed.adapter;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import quintet.embed.adapter.clip.ClipEmbeddingModel;
import quintet.embed.adapter.clip.ImageConfig;
import quintet.embed.adapter.onnx.OnnxConfig;
import quintet.embed.adapter.onnx.OnnxEmbeddingModel;
import quintet.embed.adapter.openai.RemoteConfig;
import quintet.embed.adapter.openai.RemoteEmbeddingModel;
import quintet.embed.adapter.words.WordEmbeddingModel;
import quintet.embed.model.ModelRef;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.clip.ClipFolder;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.words.WordModelFolder;

/**
 * The one {@link EmbeddingModel} of the service: a server elsewhere where {@code quintet.embed.remote.url} names one, else by
 * {@code quintet.embed.model} word vectors or CLIP where the folder holds them, otherwise a transformer. A model that can not be used ends the start with a sentence that says why.
 */
@Startup
@ApplicationScoped
class ChosenModel {
    private static final Logger LOG = Logger.getLogger(ChosenModel.class);

    /** The shipped model whose tokenizer estimates the tokens of a remote one. */
    private static final String TOKEN_ESTIMATE = "bge-small-en-v1.5-int8";

    private final EmbeddingModel model;

    ChosenModel(OnnxConfig config, RemoteConfig remote, ImageConfig images, MeterRegistry registry) {
        long begun = System.nanoTime();
        model = choose(config, remote, images, registry);
        ModelRef ref = model.ref();
        LOG.infof(
                "model %s, revision %s, %d dimensions, as %s, loaded in %d ms",
                ref.name(),
                ref.revision(),
                ref.dimension(),
                model.getClass().getSimpleName(),
                (System.nanoTime() - begun) / 1_000_000);
    }

    static EmbeddingModel choose(OnnxConfig config, RemoteConfig remote, ImageConfig images, MeterRegistry registry) {
        if (remote.url().isPresent()) {
            return new RemoteEmbeddingModel(
                    remote, ModelPackage.ofResources("models/" + TOKEN_ESTIMATE).tokenizer(), registry);
        }
        if (OnnxEmbeddingModel.isShipped(config.model())) {
            return new OnnxEmbeddingModel(config, registry);
        }
        Path folder = Path.of(config.model());
        if (WordModelFolder.holdsWordVectors(folder)) {
            return new WordEmbeddingModel(folder, registry);
        }
        if (ClipFolder.holdsClip(folder)) {
            return new ClipEmbeddingModel(folder, config, images, registry);
        }
        return new OnnxEmbeddingModel(config, registry);
    }

    @Produces
    @ApplicationScoped
    EmbeddingModel model() {
        return model;
    }

    void stop(@Observes ShutdownEvent stop) {
        model.close();
    }
}
