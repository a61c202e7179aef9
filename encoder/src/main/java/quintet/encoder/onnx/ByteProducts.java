package quintet.encoder.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.encoder.graph.LargestByteProducts;

/**
 * Whether this processor adds products of unsigned and signed bytes without loss. x86 processors without VNNI, such as AMD's up to Zen 3,
 * add pairs of them in 16 bits, which can overflow, and say nothing: vectors then lose a part of what they mean. ONNX Runtime has exact
 * products of unsigned bytes for them, but turned on for all it would keep the others from their faster instructions.
 */
final class ByteProducts {
    private static final int LARGEST = 255;

    private static @Nullable Boolean exact;

    private ByteProducts() {}

    /** Tries the largest sum there is, once. */
    static synchronized boolean exact(OrtEnvironment environment) throws OrtException {
        Boolean known = exact;
        if (known == null) {
            known = sum(environment) == LargestByteProducts.TERMS * LARGEST * Byte.MAX_VALUE;
            exact = known;
        }
        return known;
    }

    private static int sum(OrtEnvironment environment) throws OrtException {
        byte[] rows = new byte[LargestByteProducts.TERMS];
        Arrays.fill(rows, (byte) LARGEST);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            try (OrtSession session = environment.createSession(LargestByteProducts.model(), options);
                    OnnxTensor tensor = OnnxTensor.createTensor(
                            environment, ByteBuffer.wrap(rows), new long[] {1, rows.length}, OnnxJavaType.UINT8);
                    OrtSession.Result result = session.run(Map.of("rows", tensor))) {
                return ((int[][]) result.get(0).getValue())[0][0];
            }
        }
    }
}
