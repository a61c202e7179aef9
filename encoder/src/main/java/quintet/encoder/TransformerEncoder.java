package quintet.encoder;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import quintet.encoder.model.ModelCache;
import quintet.encoder.model.ModelDescriptor;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelFile;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.onnx.Head;
import quintet.encoder.onnx.OnnxModel;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.tokenizer.Tokenizer;
import quintet.encoder.work.Priority;
import quintet.encoder.work.QueueClosedException;
import quintet.encoder.work.QueueFullException;
import quintet.encoder.work.Timed;
import quintet.encoder.work.WorkQueue;

/**
 * A model, its tokenizer and the queue in front of it: what all kinds of encoder share. Safe for use by several threads.
 *
 * @param <O> what a sequence is turned into
 */
public abstract sealed class TransformerEncoder<O> permits BiEncoder, CrossEncoder {
    private final ModelDescriptor descriptor;
    private final String revision;
    private final Tokenizer tokenizer;
    private final OnnxModel model;
    private final Head<O> head;
    private final WorkQueue<TokenSequence, O> queue;

    /** Chooses how results are read from the outputs of a model; throws {@link ModelException} if they do not fit. */
    interface HeadFactory<O> {
        Head<O> create(ModelDescriptor descriptor, OnnxModel model);
    }

    TransformerEncoder(ModelPackage source, EncoderOptions options, HeadFactory<O> heads) {
        ModelCache cache = new ModelCache(options.cache());
        ModelFile file = source.modelFile(cache);
        descriptor = source.descriptor();
        revision = file.revision();
        tokenizer = source.tokenizer();
        model = OnnxModel.load(descriptor.name(), file, cache);
        try {
            head = heads.create(descriptor, model);
            // A shipped model is known to fit its description; somebody's own is tried at its full length.
            probe(model.newRunner(head), file.shipped() ? 8 : descriptor.maxTokens());
            queue = new WorkQueue<>(
                    descriptor.name(),
                    options.workers(),
                    Map.of(Priority.INTERACTIVE, options.interactiveCapacity(), Priority.BULK, options.bulkCapacity()),
                    model.takesBatches() ? new TokenBudget(options.batchTokens()) : TokenBudget.ONE_SEQUENCE,
                    () -> observed(model.newRunner(head), options.runs()));
        } catch (ModelException e) {
            model.close();
            throw e;
        }
    }

    /** Returns what the model says about itself. */
    public ModelDescriptor descriptor() {
        return descriptor;
    }

    /** Returns the revision of the model: the first 12 hexadecimal digits of the SHA-256 of its file. */
    public String revision() {
        return revision;
    }

    /** Returns the tokenizer of the model. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * Submits sequences, all or none.
     *
     * @return a future for each, in their order, completed on a worker's thread; cancel it to drop the sequence
     * @throws QueueFullException if they do not fit the queue
     * @throws QueueClosedException after {@link #close}
     */
    public List<CompletableFuture<Timed<O>>> submit(Collection<TokenSequence> sequences, Priority priority) {
        return queue.submit(sequences, priority);
    }

    /**
     * Submits sequences as soon as there is room for all of them; blocks until then.
     *
     * @throws QueueClosedException after {@link #close}
     */
    public List<CompletableFuture<Timed<O>>> submitWhenRoom(Collection<TokenSequence> sequences, Priority priority)
            throws InterruptedException {
        return queue.submitWhenRoom(sequences, priority);
    }

    /**
     * Returns a function that runs the model past the queue, on the thread that calls it, one at a time: what the queue is measured
     * against. Not to be called after {@link #close}.
     */
    public Function<List<TokenSequence>, List<O>> newRun() {
        return model.newRunner(head);
    }

    /** Returns how many sequences of a priority are waiting. */
    public int waiting(Priority priority) {
        return queue.waiting(priority);
    }

    /** Takes no more work, finishes what is waiting for at most {@code drain} and frees the model. */
    public void close(Duration drain) {
        // A session must not be freed under a run: better to leave it to the end of the process.
        if (queue.close(drain)) {
            model.close();
        }
    }

    private static <O> Function<List<TokenSequence>, List<O>> observed(
            Function<List<TokenSequence>, List<O>> run, RunListener listener) {
        return batch -> {
            long started = System.nanoTime();
            List<O> results = run.apply(batch);
            listener.ran(
                    batch.size(),
                    batch.stream().mapToInt(TokenSequence::length).sum(),
                    Duration.ofNanos(System.nanoTime() - started));
            return results;
        };
    }

    private void probe(Function<List<TokenSequence>, List<O>> run, int length) {
        TokenizedText last = TokenizedText.repeat(tokenizer.vocabularySize() - 1, length - 4);
        TokenSequence sequence = TokenSequence.pair(tokenizer, last.limit(1), last, length);
        try {
            List<O> _ = run.apply(List.of(sequence));
        } catch (IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ModelException(
                    "model %s can not be run with %d tokens and a vocabulary of %d, as it is described: %s"
                            .formatted(descriptor.name(), length, tokenizer.vocabularySize(), cause.getMessage()),
                    e);
        }
    }
}
