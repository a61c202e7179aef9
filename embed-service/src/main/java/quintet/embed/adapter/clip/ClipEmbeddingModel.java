package quintet.embed.adapter.clip;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quintet.embed.adapter.CallersThread;
import quintet.embed.adapter.EncoderMetrics;
import quintet.embed.adapter.QueuedModel;
import quintet.embed.adapter.RefusedTexts;
import quintet.embed.adapter.onnx.OnnxConfig;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.EncoderOptions;
import quintet.encoder.Overflow;
import quintet.encoder.TextTooLongException;
import quintet.encoder.clip.ClipEncoder;
import quintet.encoder.clip.ClipFolder;
import quintet.encoder.clip.ClipInput;
import quintet.encoder.image.DataUrl;
import quintet.encoder.image.ImageLimits;
import quintet.encoder.image.ImageRefusedException;
import quintet.encoder.model.ModelException;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.failure.Failure;

/**
 * {@link EmbeddingModel} over CLIP in this process. A text of a request that is a data URL of an image is read as that image; in
 * documents everything is text. Queries are read as passages are.
 */
public final class ClipEmbeddingModel implements EmbeddingModel {
    private final ClipEncoder encoder;
    private final QueuedModel<ClipInput, float[]> queue;
    private final ModelRef ref;
    private final ImageLimits limits;
    private final ImageLine images;
    private final Duration drain;

    /**
     * Loads the model in a folder and starts its workers.
     *
     * @throws ModelException if it can not be loaded or is not as it is described
     */
    public ClipEmbeddingModel(Path folder, OnnxConfig config, ImageConfig imageConfig, MeterRegistry registry) {
        EncoderMetrics metrics = new EncoderMetrics(registry);
        encoder = ClipEncoder.load(
                ClipFolder.of(folder),
                new EncoderOptions(
                        config.cacheDir(),
                        config.workers().orElse(Runtime.getRuntime().availableProcessors()),
                        config.interactiveQueue(),
                        config.bulkQueue(),
                        config.batchTokens(),
                        metrics));
        metrics.watch(registry, encoder::waiting);
        ref = new ModelRef(encoder.descriptor().name(), encoder.revision(), encoder.dimension());
        queue = new QueuedModel<>(ref, encoder::submit, encoder::submitWhenRoom, ClipEmbeddingModel::describe, metrics);
        limits = new ImageLimits(
                (int) Math.min(Integer.MAX_VALUE, imageConfig.maxBytes().asLongValue()),
                imageConfig
                        .maxPixels()
                        .orElse(ImageLine.maxPixels(Runtime.getRuntime().maxMemory())));
        images = new ImageLine(imageConfig.queue());
        drain = config.drain();
    }

    @Override
    public void close() {
        images.close();
        encoder.close(drain);
    }

    @Override
    public ModelRef ref() {
        return ref;
    }

    @Override
    public Uni<Void> ready() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public int maxPassageTokens() {
        return encoder.descriptor().maxTokens() - 2;
    }

    @Override
    public boolean canBeCutTo(int dimensions) {
        return false;
    }

    @Override
    public boolean takesInstructions() {
        return false;
    }

    @Override
    public boolean takesImages() {
        return true;
    }

    @Override
    public int countTokens(String text) {
        return encoder.tokenizer().tokenize(text).size();
    }

    @Override
    public String firstTokens(String text, int maxTokens) {
        TokenizedText tokens = encoder.tokenizer().tokenize(text);
        return tokens.size() <= maxTokens ? text : text.substring(0, maxTokens == 0 ? 0 : tokens.end(maxTokens - 1));
    }

    @Override
    public Uni<EmbedResult> embed(EmbedRequest request, Urgency urgency) {
        Uni<List<ClipInput>> inputs = request.texts().stream().anyMatch(DataUrl::isImage)
                ? images.prepare(() -> inputs(request))
                : Uni.createFrom().item(() -> inputs(request)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return inputs.flatMap(prepared -> queue.embed(prepared, urgency)).emitOn(CallersThread.executor());
    }

    @Override
    public EmbedResult embedWhenRoom(List<String> passages) {
        List<ClipInput> inputs = new ArrayList<>(passages.size());
        for (int i = 0; i < passages.size(); i++) {
            inputs.add(text(passages.get(i), i, Overflow.REFUSE));
        }
        return queue.embedWhenRoom(inputs);
    }

    private List<ClipInput> inputs(EmbedRequest request) {
        Overflow overflow = request.truncate() ? Overflow.CUT : Overflow.REFUSE;
        List<ClipInput> inputs = new ArrayList<>(request.texts().size());
        for (String text : request.texts()) {
            inputs.add(DataUrl.isImage(text) ? image(text, inputs.size()) : text(text, inputs.size(), overflow));
        }
        return inputs;
    }

    private ClipInput text(String text, int index, Overflow overflow) {
        try {
            return encoder.text(text, overflow);
        } catch (TextTooLongException e) {
            throw RefusedTexts.tooLong(index, e, ref.name());
        }
    }

    private ClipInput image(String url, int index) {
        try {
            return encoder.image(DataUrl.image(url, limits), limits);
        } catch (ImageRefusedException e) {
            throw Failure.invalidInput(
                    "IMAGE_" + e.reason(),
                    "text %d: %s".formatted(index, e.getMessage()),
                    Map.of("index", Integer.toString(index)));
        }
    }

    private static Embedding describe(ClipInput input, float[] vector) {
        boolean truncated =
                input instanceof ClipInput.Text text && text.sequence().truncated();
        return new Embedding(new UnitVector(vector), input.tokens(), truncated);
    }
}
