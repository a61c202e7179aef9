package quintet.encoder.onnx;

import java.util.List;
import quintet.encoder.tokenizer.TokenSequence;

/** Reads the results of a run from a model's outputs. Used by several threads. */
@FunctionalInterface
public interface Head<O> {
    /**
     * Returns a result for each sequence, in their order; throws {@link IllegalStateException} if the outputs are not what it was
     * made for.
     */
    List<O> read(OnnxOutputs outputs, List<TokenSequence> batch);
}
