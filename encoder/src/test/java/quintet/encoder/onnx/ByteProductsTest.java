package quintet.encoder.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.graph.LargestByteProducts;
import quintet.encoder.model.ModelCache;

class ByteProductsTest {
    @TempDir
    private Path folder;

    /** Fails on a processor that is not exact by itself, where the session is not told to be. */
    @Test
    void areExactInTheSessionOfAShippedModel() throws OrtException, IOException {
        OrtEnvironment environment = OnnxModel.environment(new ModelCache(folder));
        Path model = Files.write(folder.resolve("products.onnx"), LargestByteProducts.model());
        System.out.printf("this processor is exact by itself: %s%n", ByteProducts.exact(environment));
        byte[] rows = new byte[LargestByteProducts.TERMS];
        Arrays.fill(rows, (byte) 255);
        try (OrtSession session = OnnxModel.open(environment, model, true, folder.resolve("optimized.onnx"));
                OnnxTensor tensor = OnnxTensor.createTensor(
                        environment, ByteBuffer.wrap(rows), new long[] {1, rows.length}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("rows", tensor))) {
            assertThat(((int[][]) result.get(0).getValue())[0]).containsOnly(64 * 255 * 127);
        }
    }
}
