package quintet.encoder.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quintet.encoder.model.ModelCache;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelFile;
import quintet.encoder.tokenizer.TokenSequence;

/**
 * A transformer in an ONNX Runtime session that all workers share. Each run uses one thread and reads one sequence: on a CPU a
 * batch of long texts is slower than one after the other, and with dynamic quantization the rest of a batch would change a text's
 * result. Inputs are int64 {@code input_ids}, {@code attention_mask} and, where the model has it, {@code token_type_ids}, all
 * {@code [1, sequence]}.
 */
public final class OnnxModel implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, long[]> outputs;
    private final boolean hasTypes;

    private OnnxModel(String name, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.outputs = outputs(session);
        this.hasTypes = checkInputs(name, session);
    }

    /**
     * Loads a model. One that was shipped is optimised once for this version of ONNX Runtime and kept in the cache: it loads in half
     * the time and 40 MB less. One from a folder is loaded as it is.
     *
     * @throws ModelException if it is not a transformer that this class can run
     */
    public static OnnxModel load(String name, ModelFile file, ModelCache cache) {
        NativeLibraries.unpack(cache);
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
        String fingerprint = NativeLibraries.fingerprint();
        try {
            OrtSession session = file.shipped() && fingerprint != null
                    ? open(environment, optimized(environment, file, cache, fingerprint), false, null)
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

    /** Returns a function that runs the model; it keeps its input buffers and is for one thread. */
    public <O> Function<TokenSequence, O> newRunner(Head<O> head) {
        return new Runner<>(head);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session was closed twice", e);
        }
    }

    private static Path optimized(OrtEnvironment environment, ModelFile file, ModelCache cache, String fingerprint) {
        return cache.file("%s-ort-%s.onnx".formatted(file.sha256(), fingerprint), made -> {
            try {
                open(environment, file.path(), true, made).close();
            } catch (OrtException e) {
                throw new java.io.IOException("ONNX Runtime can not optimise " + file.path(), e);
            }
        });
    }

    private static OrtSession open(OrtEnvironment environment, Path file, boolean optimize, @Nullable Path saved)
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
                options.setOptimizedModelFilePath(saved.toString());
            }
            return environment.createSession(file.toString(), options);
        }
    }

    private static boolean checkInputs(String name, OrtSession session) throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        boolean types = inputs.containsKey(TYPES);
        boolean plain = inputs.size() == (types ? 3 : 2) && inputs.containsKey(IDS) && inputs.containsKey(MASK);
        boolean longs = inputs.values().stream()
                .allMatch(input -> input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT64);
        if (!plain || !longs) {
            session.close();
            throw new ModelException("model %s: its inputs are %s, must be int64 %s, %s and perhaps %s"
                    .formatted(name, inputs.values(), IDS, MASK, TYPES));
        }
        return types;
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

    private final class Runner<O> implements Function<TokenSequence, O> {
        private final Head<O> head;
        private LongBuffer ids = allocate(256);
        private LongBuffer mask = allocate(256);
        private LongBuffer types = allocate(256);

        Runner(Head<O> head) {
            this.head = head;
        }

        @Override
        public O apply(TokenSequence input) {
            fill(input);
            long[] shape = {1, input.length()};
            try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
                    OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
                    OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape)) {
                Map<String, OnnxTensor> inputs = new HashMap<>(Map.of(IDS, idTensor, MASK, maskTensor));
                if (hasTypes) {
                    inputs.put(TYPES, typeTensor);
                }
                try (OrtSession.Result result = session.run(inputs)) {
                    return head.read(new OnnxOutputs(result), input);
                }
            } catch (OrtException e) {
                throw new IllegalStateException("the model failed on %d tokens".formatted(input.length()), e);
            }
        }

        private void fill(TokenSequence input) {
            int length = input.length();
            if (length > ids.capacity()) {
                ids = allocate(length * 2);
                mask = allocate(length * 2);
                types = allocate(length * 2);
            }
            ids.clear().limit(length);
            mask.clear().limit(length);
            types.clear().limit(length);
            for (int i = 0; i < length; i++) {
                ids.put(i, input.id(i));
                mask.put(i, 1);
                types.put(i, input.typeId(i));
            }
        }

        private static LongBuffer allocate(int tokens) {
            return ByteBuffer.allocateDirect(tokens * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }
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
