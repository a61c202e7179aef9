package quintet.encoder.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;

/** What one run gave, valid until the {@link Head} has read it. */
public final class OnnxOutputs {
    private final OrtSession.Result result;

    OnnxOutputs(OrtSession.Result result) {
        this.result = result;
    }

    /** Returns a copy of an output's values, row by row. */
    public float[] floats(String output) {
        OnnxValue value =
                result.get(output).orElseThrow(() -> new IllegalStateException("the model has no output " + output));
        FloatBuffer floats = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (floats != null) {
            float[] copy = new float[floats.remaining()];
            floats.get(copy);
            return copy;
        }
        throw new IllegalStateException("output %s is %s, not a tensor of floats".formatted(output, value.getInfo()));
    }
}
