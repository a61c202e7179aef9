package quintet.bench.encoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import quintet.bench.suite.SuiteException;
import quintet.encoder.graph.MatrixProducts;

/** How many operations a second this processor does in ONNX Runtime's matrix products, all threads together, and nothing else. */
final class ProcessorPeak implements AutoCloseable {
    private static final MatrixProducts SHAPE = new MatrixProducts(192, 384, 1_536, 12);
    private static final int RUNS = 12;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ExecutorService threads;
    private final int threadCount;
    private final boolean integers;

    private ProcessorPeak(boolean integers, int threadCount) {
        this.integers = integers;
        this.threadCount = threadCount;
        this.threads = Executors.newFixedThreadPool(threadCount);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(integers ? SHAPE.integers() : SHAPE.floats(), options);
        } catch (OrtException e) {
            throw new SuiteException("ONNX Runtime does not run matrix products: " + e.getMessage());
        }
    }

    static ProcessorPeak ofIntegers(int threadCount) {
        return new ProcessorPeak(true, threadCount);
    }

    static ProcessorPeak ofFloats(int threadCount) {
        return new ProcessorPeak(false, threadCount);
    }

    /** Returns operations a second. */
    double measure() {
        long begun = System.nanoTime();
        CompletableFuture<?>[] runs = IntStream.range(0, threadCount)
                .mapToObj(_ -> CompletableFuture.runAsync(this::runAll, threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(runs).join();
        return (double) SHAPE.operations() * RUNS * threadCount / (System.nanoTime() - begun) * 1e9;
    }

    private void runAll() {
        try (OnnxTensor rows = rows()) {
            for (int i = 0; i < RUNS; i++) {
                session.run(Map.of("rows", rows)).close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private OnnxTensor rows() throws OrtException {
        int values = SHAPE.rows() * SHAPE.in();
        ByteBuffer data =
                ByteBuffer.allocateDirect(integers ? values : 4 * values).order(ByteOrder.nativeOrder());
        long[] shape = {SHAPE.rows(), SHAPE.in()};
        if (!integers) {
            for (int i = 0; i < values; i++) {
                data.putFloat(4 * i, i % 7 - 3f);
            }
            return OnnxTensor.createTensor(environment, data.asFloatBuffer(), shape);
        }
        for (int i = 0; i < values; i++) {
            data.put(i, (byte) (i % 251));
        }
        return OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.UINT8);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
