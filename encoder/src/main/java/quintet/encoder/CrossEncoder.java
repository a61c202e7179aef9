package quintet.encoder;

import quintet.encoder.model.ModelDescriptor;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.onnx.Head;
import quintet.encoder.onnx.OnnxModel;

/**
 * Scores a pair of texts, read together. The model's output is {@code score} or {@code logits}, one value per pair; with
 * {@code start_logits} and {@code end_logits} it also reads where in the second text the answer to the first stands.
 */
public final class CrossEncoder extends TransformerEncoder<PairScore> {
    private CrossEncoder(ModelPackage source, EncoderOptions options) {
        super(source, options, CrossEncoder::head);
    }

    /**
     * Loads a model and starts its workers.
     *
     * @throws ModelException if the model can not be loaded or is not as it is described
     */
    public static CrossEncoder load(ModelPackage source, EncoderOptions options) {
        return new CrossEncoder(source, options);
    }

    private static Head<PairScore> head(ModelDescriptor descriptor, OnnxModel model) {
        String score = model.output(1, "score", "logits")
                .or(() -> model.output(2, "logits", "score"))
                .orElseThrow(() -> new ModelException("model %s: its outputs are %s, one must be score or logits"
                        .formatted(descriptor.name(), model.outputs().keySet())));
        boolean spans = model.output(2, "start_logits").isPresent()
                && model.output(2, "end_logits").isPresent();
        return (outputs, input) -> {
            float[] logits = outputs.floats(score);
            if (logits.length != 1) {
                throw new IllegalStateException(
                        "%s has %d values for a pair, must have one".formatted(score, logits.length));
            }
            if (!Float.isFinite(logits[0])) {
                throw new IllegalStateException("%s is %s".formatted(score, logits[0]));
            }
            return spans
                    ? new PairScore(logits[0], outputs.floats("start_logits"), outputs.floats("end_logits"))
                    : new PairScore(logits[0], null, null);
        };
    }
}
