package quintet.embed.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import quintet.embed.model.DocumentPart;
import quintet.embed.model.DocumentVersion;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.InputSide;
import quintet.embed.model.KeyedVector;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.embed.port.EmbeddingModel;
import quintet.embed.port.EmbeddingPublisher;
import quintet.failure.Failure;

/** Embeds what callers wait for ({@link #embed}) and the parts of documents ({@link #embedPart}). */
@ApplicationScoped
public class EmbedPipeline {
    private static final String IMAGE_URL = "data:image/";

    private final EmbeddingModel model;
    private final EmbeddingPublisher publisher;
    private final PassageText passageText;
    private final Tracer tracer;
    private final int maxTexts;
    private final int interactivePassages;
    private final Counter embedded;
    private final Counter reused;

    EmbedPipeline(
            EmbeddingModel model,
            EmbeddingPublisher publisher,
            EmbedConfig config,
            Tracer tracer,
            MeterRegistry meters) {
        this.model = model;
        this.publisher = publisher;
        this.tracer = tracer;
        this.passageText = new PassageText(model, config.headerTokens());
        this.maxTexts = config.maxTexts();
        this.interactivePassages = config.interactivePassages();
        this.embedded = meters.counter("quintet.embed.chunks", "vector", "embedded");
        this.reused = meters.counter("quintet.embed.chunks", "vector", "reused");
    }

    /** Returns the model that everything is embedded with. */
    public ModelRef model() {
        return model.ref();
    }

    /**
     * Embeds the texts of a request, all or none. Queries and a few passages overtake documents; cancelling drops what has not
     * begun.
     */
    public Uni<EmbedResult> embed(EmbedRequest request) {
        return Uni.createFrom().deferred(() -> {
            check(request);
            Urgency urgency =
                    request.side() == InputSide.QUERY || request.texts().size() <= interactivePassages
                            ? Urgency.INTERACTIVE
                            : Urgency.BULK;
            Span span = tracer.spanBuilder("embed model")
                    .setAttribute("embed.texts", request.texts().size())
                    .startSpan();
            return model.embed(request, urgency)
                    .map(result ->
                            result.cutTo(request.dimensions().orElse(model.ref().dimension())))
                    .onTermination()
                    .invoke((result, failure, _) -> {
                        if (result != null) {
                            span.setAttribute("embed.tokens", result.tokenCount())
                                    .setAttribute(
                                            "embed.queue_time_us",
                                            result.queueTime().toNanos() / 1_000);
                        }
                        if (failure != null) {
                            span.setStatus(StatusCode.ERROR, Failure.of(failure).reason());
                        }
                        span.end();
                    });
        });
    }

    /**
     * Embeds what changed in a part and returns once it is published. What did not change goes on with its key alone: the index
     * has the vector, or asks for it. Blocks; doing it twice publishes the same bits twice.
     */
    public void embedPart(DocumentPart part) {
        List<String> texts = part.passages().stream().map(passageText::of).toList();
        List<String> changed = IntStream.range(0, texts.size())
                .filter(i -> !part.unchanged().contains(i))
                .mapToObj(texts::get)
                .toList();
        // A part without anything to embed does not wait for the model.
        Iterator<Embedding> made = changed.isEmpty()
                ? Collections.emptyIterator()
                : model.embedWhenRoom(changed).embeddings().iterator();
        List<KeyedVector> vectors = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Optional<UnitVector> vector = part.unchanged().contains(i)
                    ? Optional.empty()
                    : Optional.of(made.next().vector());
            vectors.add(new KeyedVector(VectorKeys.of(model.ref(), texts.get(i)), vector));
        }
        publisher.embedded(part, vectors, model.ref());
        embedded.increment(changed.size());
        reused.increment(texts.size() - changed.size());
    }

    /** Says that a document version will not get its vectors; the dead letter keeps the part. */
    public void giveUp(DocumentVersion document, Failure why) {
        publisher.failed(document, why);
    }

    private void check(EmbedRequest request) {
        request.model().ifPresent(name -> {
            if (!name.equals(model.ref().name())) {
                throw Failure.notFound(
                        "UNKNOWN_MODEL",
                        "model is '%s', there is only %s",
                        abbreviate(name),
                        model.ref().name());
            }
        });
        request.dimensions().ifPresent(this::checkDimensions);
        if (request.instruction().isPresent() && !model.takesInstructions()) {
            throw Failure.invalidInput(
                    "NO_INSTRUCTIONS",
                    "there is an instruction, but %s takes none: its description has no instruction-template",
                    model.ref().name());
        }
        int count = request.texts().size();
        if (count == 0) {
            throw Failure.invalidInput("EMPTY_INPUT", "there are 0 texts, must be 1 to %d", maxTexts);
        }
        if (count > maxTexts) {
            throw Failure.invalidInput(
                    "TOO_MANY_TEXTS",
                    "there are %d texts, must be at most %d".formatted(count, maxTexts),
                    Map.of("count", Integer.toString(count), "bound", Integer.toString(maxTexts)));
        }
        for (int i = 0; i < count; i++) {
            if (request.texts().get(i).isBlank()) {
                throw Failure.invalidInput(
                        "EMPTY_INPUT",
                        "text %d has no characters but spaces, must have at least 1".formatted(i),
                        Map.of("index", Integer.toString(i)));
            }
            if (isImage(request.texts().get(i)) && !model.takesImages()) {
                throw Failure.invalidInput(
                        "NO_IMAGES",
                        "text %d is an image, %s reads only texts: a folder with a CLIP model reads both"
                                .formatted(i, model.ref().name()),
                        Map.of("index", Integer.toString(i)));
            }
        }
    }

    /** As text, it would get a vector that says nothing of the image. */
    private static boolean isImage(String text) {
        return text.regionMatches(true, 0, IMAGE_URL, 0, IMAGE_URL.length());
    }

    private void checkDimensions(int dimensions) {
        int own = model.ref().dimension();
        if (dimensions != own && !model.canBeCutTo(dimensions)) {
            throw Failure.invalidInput(
                    "INVALID_DIMENSIONS",
                    "dimensions is %d, the model has only %d: no matryoshka in its description allows others"
                            .formatted(dimensions, own),
                    Map.of("dimensions", Integer.toString(dimensions), "bound", Integer.toString(own)));
        }
    }

    private static String abbreviate(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
