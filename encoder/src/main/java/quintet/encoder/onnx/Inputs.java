package quintet.encoder.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quintet.encoder.tokenizer.TokenSequence;

/** How sequences become the inputs of a model. Keeps its buffers from run to run; for one thread. */
interface Inputs {
    /** Fills the buffers with a batch and wraps them. */
    Tensors fill(OrtEnvironment environment, List<TokenSequence> batch) throws OrtException;

    /** The inputs of one run, valid until the next is filled. */
    final class Tensors implements AutoCloseable {
        private final OrtEnvironment environment;
        private final Map<String, OnnxTensor> byName = new HashMap<>();

        Tensors(OrtEnvironment environment) {
            this.environment = environment;
        }

        void add(String name, LongBuffer values, long... shape) throws OrtException {
            byName.put(name, OnnxTensor.createTensor(environment, values.rewind(), shape));
        }

        void add(String name, IntBuffer values, long... shape) throws OrtException {
            byName.put(name, OnnxTensor.createTensor(environment, values.rewind(), shape));
        }

        Map<String, OnnxTensor> byName() {
            return byName;
        }

        @Override
        public void close() {
            byName.values().forEach(OnnxTensor::close);
        }
    }

    /** Native memory that grows as needed. ONNX Runtime reads it where it lies. */
    final class Memory {
        private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

        /** Returns room for so many numbers, with anything in it. */
        LongBuffer longs(int count) {
            return ofSize(count * Long.BYTES).asLongBuffer();
        }

        /** Returns room for so many numbers, with anything in it. */
        IntBuffer ints(int count) {
            return ofSize(count * Integer.BYTES).asIntBuffer();
        }

        private ByteBuffer ofSize(int size) {
            if (size > bytes.capacity()) {
                bytes = ByteBuffer.allocateDirect(Math.max(2 * size, 4096)).order(ByteOrder.nativeOrder());
            }
            Buffer _ = bytes.clear().limit(size);
            return bytes.slice().order(ByteOrder.nativeOrder());
        }
    }
}
