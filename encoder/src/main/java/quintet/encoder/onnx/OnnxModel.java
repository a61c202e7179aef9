package quintet.encoder.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quintet.encoder.model.ModelCache;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelFile;
import quintet.encoder.tokenizer.TokenSequence;

/**
 * A transformer in an ONNX Runtime session that all workers share. Each run uses one thread. What a model reads says how it is
 * fed: a packed graph with batches ({@link PackedInputs}), any other with one sequence at a time ({@link PlainInputs}).
 */
public final class OnnxModel implements AutoCloseable {
    /** Changes signed weights to unsigned ones, with the same products. */
    private static final String EXACT_PRODUCTS = "session.x64quantprecision";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, long[]> outputs;
    private final Set<String> inputs;

    private OnnxModel(String name, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.outputs = outputs(session);
        this.inputs = checkInputs(name, session);
    }

    /**
     * Loads a model. One that was shipped is optimised once for this version of ONNX Runtime and kept in the cache: it loads in half
     * the time and 40 MB less. One from a folder is loaded as it is.
     *
     * @throws ModelException if it is not a transformer that this class can run
     */
    public static OnnxModel load(String name, ModelFile file, ModelCache cache) {
        OrtEnvironment environment = environment(cache);
        String library = NativeLibraries.fingerprint();
        try {
            OrtSession session = file.shipped() && library != null
                    ? open(environment, optimized(environment, file, cache, library), false, null)
                    : open(environment, file.path(), true, null);
            return new OnnxModel(name, environment, session);
        } catch (OrtException e) {
            throw new ModelException(
                    "model %s: ONNX Runtime can not load %s: %s".formatted(name, file.path(), e.getMessage()), e);
        }
    }

    /** Returns the outputs by name with their shapes, -1 where a dimension varies. */
    public Map<String, long[]> outputs() {
        return outputs;
    }

    /** Whether several sequences can go through the model in one run, and each gives the same bits as alone. */
    public boolean takesBatches() {
        return PackedInputs.fit(inputs);
    }

    /** Returns a function that runs the model; it keeps its input buffers and is for one thread. */
    public <O> Function<List<TokenSequence>, List<O>> newRunner(Head<O> head) {
        Inputs fed = takesBatches() ? new PackedInputs(inputs) : new PlainInputs(inputs);
        return batch -> run(fed, batch, head);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session was closed twice", e);
        }
    }

    static OrtEnvironment environment(ModelCache cache) {
        NativeLibraries.unpack(cache);
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
    }

    private static Path optimized(OrtEnvironment environment, ModelFile file, ModelCache cache, String library)
            throws OrtException {
        String products = ByteProducts.exact(environment) ? "" : "-u8u8";
        return cache.file("%s-ort-%s%s.onnx".formatted(file.sha256(), library, products), made -> {
            try {
                open(environment, file.path(), true, made).close();
            } catch (OrtException e) {
                throw new java.io.IOException("ONNX Runtime can not optimise " + file.path(), e);
            }
        });
    }

    /** Opens a session whose runs take one thread each. */
    static OrtSession open(OrtEnvironment environment, Path file, boolean optimize, @Nullable Path saved)
            throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(
                    optimize
                            ? OrtSession.SessionOptions.OptLevel.EXTENDED_OPT
                            : OrtSession.SessionOptions.OptLevel.NO_OPT);
            if (saved != null) {
                // Not for somebody's own model: it ends the process on a product that leaves out its zero points.
                options.addConfigEntry(EXACT_PRODUCTS, ByteProducts.exact(environment) ? "0" : "1");
                options.setOptimizedModelFilePath(saved.toString());
            }
            return environment.createSession(file.toString(), options);
        }
    }

    private static Set<String> checkInputs(String name, OrtSession session) throws OrtException {
        Map<String, NodeInfo> infos = session.getInputInfo();
        if (!PackedInputs.fit(infos.keySet()) && !PlainInputs.fit(infos)) {
            session.close();
            throw new ModelException(
                    "model %s: its inputs are %s, must be %s".formatted(name, infos.values(), PlainInputs.EXPECTED));
        }
        return Set.copyOf(infos.keySet());
    }

    private <O> List<O> run(Inputs fed, List<TokenSequence> batch, Head<O> head) {
        try (Inputs.Tensors tensors = fed.fill(environment, batch);
                OrtSession.Result result = session.run(tensors.byName())) {
            return head.read(new OnnxOutputs(result), batch);
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the model failed on %d tokens"
                            .formatted(batch.stream()
                                    .mapToInt(TokenSequence::length)
                                    .sum()),
                    e);
        }
    }

    private static Map<String, long[]> outputs(OrtSession session) throws OrtException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (NodeInfo output : session.getOutputInfo().values()) {
            if (output.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
                shapes.put(output.getName(), tensor.getShape());
            }
        }
        return shapes;
    }

    /** Returns the first of {@code names} that is an output with {@code rank} dimensions. */
    public Optional<String> output(int rank, String... names) {
        for (String name : names) {
            long[] shape = outputs.get(name);
            if (shape != null && shape.length == rank) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
