package quintet.encoder.clip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import quintet.encoder.EncoderOptions;
import quintet.encoder.Overflow;
import quintet.encoder.RunListener;
import quintet.encoder.TextTooLongException;
import quintet.encoder.image.ImageLimits;
import quintet.encoder.image.ImagePreprocessor;
import quintet.encoder.image.ImageRefusedException;
import quintet.encoder.image.PixelValues;
import quintet.encoder.model.ModelCache;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelFile;
import quintet.encoder.onnx.Head;
import quintet.encoder.onnx.OnnxImageModel;
import quintet.encoder.onnx.OnnxModel;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.tokenizer.Tokenizer;
import quintet.encoder.work.Batching;
import quintet.encoder.work.Priority;
import quintet.encoder.work.QueueClosedException;
import quintet.encoder.work.QueueFullException;
import quintet.encoder.work.Timed;
import quintet.encoder.work.WorkQueue;

/**
 * Turns texts and images into vectors of unit length and of one space, {@code [dimension]} (Radford et al. 2021). Each kind has a
 * session of its own; both wait in one queue for the same workers, so that together they take no more threads than one would. Safe
 * for use by several threads.
 */
public final class ClipEncoder {
    private static final String TEXT_OUTPUT = "text_embeds";

    private final ClipDescriptor descriptor;
    private final String revision;
    private final Tokenizer tokenizer;
    private final ImagePreprocessor preprocessor;
    private final OnnxModel text;
    private final OnnxImageModel vision;
    private final int dimension;
    private final WorkQueue<ClipInput, float[]> queue;

    private ClipEncoder(ClipFolder source, EncoderOptions options) {
        ModelCache cache = new ModelCache(options.cache());
        ModelFile textFile = source.textModel();
        ModelFile visionFile = source.visionModel();
        descriptor = source.descriptor();
        tokenizer = source.tokenizer();
        preprocessor = source.preprocessor();
        revision = source.revision(textFile, visionFile);
        text = OnnxModel.load(descriptor.name(), textFile, cache);
        try {
            vision = OnnxImageModel.load(descriptor.name(), visionFile, cache);
        } catch (ModelException e) {
            text.close();
            throw e;
        }
        try {
            dimension = probe();
            queue = new WorkQueue<>(
                    descriptor.name(),
                    options.workers(),
                    Map.of(Priority.INTERACTIVE, options.interactiveCapacity(), Priority.BULK, options.bulkCapacity()),
                    new OneByOne(),
                    () -> observed(newRunner(), options.runs()));
        } catch (ModelException e) {
            closeModels();
            throw e;
        }
    }

    /**
     * Loads a model and starts its workers. The tokens of a batch are not bounded: every text and image is a run of its own.
     *
     * @throws ModelException if the model can not be loaded or is not as it is described
     */
    public static ClipEncoder load(ClipFolder source, EncoderOptions options) {
        return new ClipEncoder(source, options);
    }

    /** Returns what the model says about itself. */
    public ClipDescriptor descriptor() {
        return descriptor;
    }

    /** Returns the revision of the model, 12 hexadecimal digits that stand for all its files. */
    public String revision() {
        return revision;
    }

    /** Returns the length of the vectors. */
    public int dimension() {
        return dimension;
    }

    /** Returns the tokenizer of the model. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * Prepares a text, on the caller's thread.
     *
     * @throws TextTooLongException if it does not fit the model and is not to be cut
     */
    public ClipInput.Text text(String text, Overflow overflow) {
        TokenizedText tokens = tokenizer.tokenize(text);
        int maxTokens = descriptor.maxTokens();
        if (tokens.size() + 2 > maxTokens && overflow == Overflow.REFUSE) {
            throw new TextTooLongException(tokens.size() + 2, maxTokens);
        }
        return new ClipInput.Text(TokenSequence.single(tokenizer, tokens, maxTokens, 0));
    }

    /**
     * Decodes and prepares an image, on the caller's thread, which takes milliseconds to some hundred.
     *
     * @param image PNG, JPEG, GIF (the first frame) or BMP
     * @throws ImageRefusedException if it is too large, of another kind or damaged
     */
    public ClipInput.Image image(byte[] image, ImageLimits limits) {
        return new ClipInput.Image(preprocessor.prepare(image, limits));
    }

    /**
     * Submits texts and images, all or none.
     *
     * @return a future for each, in their order, completed on a worker's thread; cancel it to drop the input
     * @throws QueueFullException if they do not fit the queue
     * @throws QueueClosedException after {@link #close}
     */
    public List<CompletableFuture<Timed<float[]>>> submit(Collection<? extends ClipInput> inputs, Priority priority) {
        return queue.submit(inputs, priority);
    }

    /**
     * Submits texts and images as soon as there is room for all of them; blocks until then.
     *
     * @throws QueueClosedException after {@link #close}
     */
    public List<CompletableFuture<Timed<float[]>>> submitWhenRoom(
            Collection<? extends ClipInput> inputs, Priority priority) throws InterruptedException {
        return queue.submitWhenRoom(inputs, priority);
    }

    /** Returns how many texts and images of a priority are waiting. */
    public int waiting(Priority priority) {
        return queue.waiting(priority);
    }

    /** Takes no more work, finishes what is waiting for at most {@code drain} and frees the model. */
    public void close(Duration drain) {
        // A session must not be freed under a run: better to leave it to the end of the process.
        if (queue.close(drain)) {
            closeModels();
        }
    }

    private void closeModels() {
        text.close();
        vision.close();
    }

    /** Returns a function that runs either model; it is for one thread. */
    private Function<ClipInput, float[]> newRunner() {
        Head<float[]> head = (outputs, _) -> List.of(outputs.floats(TEXT_OUTPUT));
        Function<List<TokenSequence>, List<float[]>> readText = text.newRunner(head);
        Function<PixelValues, float[]> readImage = vision.newRunner();
        return input -> unit(
                switch (input) {
                    case ClipInput.Text(TokenSequence sequence) ->
                        readText.apply(List.of(sequence)).getFirst();
                    case ClipInput.Image(PixelValues pixels) -> readImage.apply(pixels);
                });
    }

    private static Function<List<ClipInput>, List<float[]>> observed(
            Function<ClipInput, float[]> run, RunListener listener) {
        return batch -> {
            List<float[]> vectors = new ArrayList<>(batch.size());
            for (ClipInput input : batch) {
                long started = System.nanoTime();
                vectors.add(run.apply(input));
                listener.ran(1, input.tokens(), Duration.ofNanos(System.nanoTime() - started));
            }
            return vectors;
        };
    }

    /** Tries both models with the shortest and the longest text and a blank image; returns the length of their vectors. */
    private int probe() {
        if (text.output(2, TEXT_OUTPUT).isEmpty()) {
            throw new ModelException("model %s: the outputs of %s are %s, one must be %s of two dimensions"
                    .formatted(
                            descriptor.name(),
                            descriptor.textModel(),
                            text.outputs().keySet(),
                            TEXT_OUTPUT));
        }
        Function<ClipInput, float[]> run = newRunner();
        int shortest = probe(run, textOf(1), descriptor.textModel());
        int longest = probe(run, textOf(descriptor.maxTokens() - 2), descriptor.textModel());
        int image = probe(run, new ClipInput.Image(PixelValues.blank(preprocessor.size())), descriptor.visionModel());
        int expected = descriptor.dimension() == 0 ? shortest : descriptor.dimension();
        if (shortest != expected || longest != expected || image != expected) {
            throw new ModelException(
                    "model %s: a text's vector has %d values and an image's %d, both must have the same number%s"
                            .formatted(
                                    descriptor.name(),
                                    longest,
                                    image,
                                    descriptor.dimension() == 0 ? "" : ", " + expected + " as described"));
        }
        return expected;
    }

    private int probe(Function<ClipInput, float[]> run, ClipInput input, String file) {
        try {
            return run.apply(input).length;
        } catch (IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ModelException(
                    "model %s: %s can not be run with %s: %s"
                            .formatted(
                                    descriptor.name(),
                                    file,
                                    switch (input) {
                                        case ClipInput.Text text ->
                                            "%d tokens and a vocabulary of %d"
                                                    .formatted(text.tokens(), tokenizer.vocabularySize());
                                        case ClipInput.Image(PixelValues pixels) ->
                                            "an image of %d x %d pixels".formatted(pixels.size(), pixels.size());
                                    },
                                    cause.getMessage()),
                    e);
        }
    }

    private ClipInput.Text textOf(int tokens) {
        return new ClipInput.Text(
                TokenSequence.single(tokenizer, TokenizedText.repeat(tokenizer.vocabularySize() - 1, tokens)));
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalStateException("the vector has length " + length);
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    /** On a CPU, what goes together takes as long as one after the other. */
    private record OneByOne() implements Batching<ClipInput> {
        @Override
        public int size(ClipInput input) {
            return 1;
        }

        @Override
        public boolean joins(int items, int largest, int next) {
            return false;
        }
    }
}
