package quintet.encoder.onnx;

import quintet.encoder.tokenizer.TokenSequence;

/** Reads the result for one sequence from a model's outputs. Used by several threads. */
@FunctionalInterface
public interface Head<O> {
    /** Returns the result; throws {@link IllegalStateException} if the outputs are not what it was made for. */
    O read(OnnxOutputs outputs, TokenSequence input);
}
