package quintet.encoder.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import quintet.encoder.image.PixelValues;
import quintet.encoder.model.ModelCache;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelFile;

/**
 * A model that reads images, as Hugging Face exports CLIP's: {@code pixel_values} {@code [batch, 3, size, size]} to {@code image_embeds}
 * {@code [batch, dimension]}. One session that all workers share; each run uses one thread and takes one image.
 */
public final class OnnxImageModel implements AutoCloseable {
    private static final String PIXELS = "pixel_values";
    private static final String EMBEDDINGS = "image_embeds";

    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxImageModel(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /**
     * Loads a model.
     *
     * @throws ModelException if it does not read images as described above
     */
    public static OnnxImageModel load(String name, ModelFile file, ModelCache cache) {
        OrtEnvironment environment = OnnxModel.environment(cache);
        try {
            OrtSession session = OnnxModel.open(environment, file.path(), true, null);
            if (!isTensor(session.getInputInfo(), PIXELS, 4)
                    || session.getInputInfo().size() != 1
                    || !isTensor(session.getOutputInfo(), EMBEDDINGS, 2)) {
                String found = "%s to %s"
                        .formatted(
                                session.getInputInfo().values(),
                                session.getOutputInfo().values());
                session.close();
                throw new ModelException("model %s: %s leads from %s, must lead from %s of four dimensions to %s of two"
                        .formatted(name, file.path(), found, PIXELS, EMBEDDINGS));
            }
            return new OnnxImageModel(environment, session);
        } catch (OrtException e) {
            throw new ModelException(
                    "model %s: ONNX Runtime can not load %s: %s".formatted(name, file.path(), e.getMessage()), e);
        }
    }

    /** Returns a function that runs the model; it keeps its input buffer and is for one thread. */
    public Function<PixelValues, float[]> newRunner() {
        return new Runner()::run;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session was closed twice", e);
        }
    }

    private static boolean isTensor(Map<String, NodeInfo> infos, String name, int rank) {
        NodeInfo info = infos.get(name);
        return info != null
                && info.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.FLOAT
                && tensor.getShape().length == rank;
    }

    private final class Runner {
        private FloatBuffer buffer = FloatBuffer.allocate(0);

        float[] run(PixelValues pixels) {
            if (buffer.capacity() != pixels.count()) {
                buffer = ByteBuffer.allocateDirect(pixels.count() * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
            }
            pixels.putInto(buffer.clear());
            try (OnnxTensor tensor = OnnxTensor.createTensor(
                            environment, buffer.rewind(), new long[] {1, 3, pixels.size(), pixels.size()});
                    OrtSession.Result result = session.run(Map.of(PIXELS, tensor), Set.of(EMBEDDINGS))) {
                return new OnnxOutputs(result).floats(EMBEDDINGS);
            } catch (OrtException e) {
                throw new IllegalStateException(
                        "the model failed on an image of %d x %d pixels".formatted(pixels.size(), pixels.size()), e);
            }
        }
    }
}
