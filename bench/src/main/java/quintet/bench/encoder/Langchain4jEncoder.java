package quintet.bench.encoder;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * langchain4j's in-process model over the same weights, dynamically quantized. Its {@code embedAll} runs the texts one by one on the
 * executor's threads, so all at once is its best batch size; how many threads ONNX Runtime takes for a run can not be set.
 */
final class Langchain4jEncoder implements Contestant {
    private final ExecutorService threads;
    private final BgeSmallEnV15QuantizedEmbeddingModel model;

    Langchain4jEncoder(int threadCount) {
        threads = Executors.newFixedThreadPool(threadCount);
        model = new BgeSmallEnV15QuantizedEmbeddingModel(threads);
    }

    @Override
    public String name() {
        return "langchain4j";
    }

    @Override
    public void embedAll(List<String> texts) {
        var _ = model.embedAll(texts.stream().map(TextSegment::from).toList());
    }

    @Override
    public void embed(String text) {
        var _ = model.embed(text);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
