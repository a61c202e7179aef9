package quintet.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        if (model.takesBatches()) {
            return batchHead(descriptor, model);
        }
        String score = model.output(1, "score", "logits")
                .or(() -> model.output(2, "logits", "score"))
                .orElseThrow(() -> new ModelException("model %s: its outputs are %s, one must be score or logits"
                        .formatted(descriptor.name(), model.outputs().keySet())));
        boolean spans = model.output(2, "start_logits").isPresent()
                && model.output(2, "end_logits").isPresent();
        return (outputs, _) -> {
            float[] logits = outputs.floats(score);
            if (logits.length != 1) {
                throw new IllegalStateException(
                        "%s has %d values for a pair, must have one".formatted(score, logits.length));
            }
            return List.of(
                    spans
                            ? new PairScore(
                                    finite(logits[0]), outputs.floats("start_logits"), outputs.floats("end_logits"))
                            : new PairScore(finite(logits[0]), null, null));
        };
    }

    /** A graph of ours gives a score a pair and, if it reads spans, a start and an end a token. */
    private static Head<PairScore> batchHead(ModelDescriptor descriptor, OnnxModel model) {
        String score = model.output(1, "scores")
                .orElseThrow(() -> new ModelException("model %s: its outputs are %s, one must be scores"
                        .formatted(descriptor.name(), model.outputs().keySet())));
        Optional<String> span = model.output(2, "span_logits");
        return (outputs, batch) -> {
            float[] logits = outputs.floats(score);
            float[] spans = span.map(outputs::floats).orElse(new float[0]);
            List<PairScore> scores = new ArrayList<>(batch.size());
            int row = 0;
            for (int i = 0; i < batch.size(); i++) {
                int length = batch.get(i).length();
                scores.add(
                        span.isPresent()
                                ? new PairScore(
                                        finite(logits[i]), column(spans, row, length, 0), column(spans, row, length, 1))
                                : new PairScore(finite(logits[i]), null, null));
                row += length;
            }
            return scores;
        };
    }

    private static float[] column(float[] rows, int from, int count, int column) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = rows[2 * (from + i) + column];
        }
        return values;
    }

    private static float finite(float logit) {
        if (!Float.isFinite(logit)) {
            throw new IllegalStateException("the score is " + logit);
        }
        return logit;
    }
}
