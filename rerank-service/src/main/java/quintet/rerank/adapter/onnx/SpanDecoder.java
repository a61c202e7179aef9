package quintet.rerank.adapter.onnx;

import java.util.Optional;
import quintet.encoder.PairScore;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.rerank.model.AnswerSpan;

/** Finds the answer in a passage: the span of passage tokens with the highest sum of start and end logits. */
final class SpanDecoder {
    private final int maxTokens;

    SpanDecoder(int maxTokens) {
        this.maxTokens = maxTokens;
    }

    /** Returns the best span; empty if the model reads none or the passage has no tokens. */
    Optional<AnswerSpan> decode(PairScore score, TokenSequence pair) {
        TokenizedText passage = pair.second();
        if (!score.hasSpans() || passage == null || passage.size() == 0) {
            return Optional.empty();
        }
        int offset = pair.secondStart();
        int bestStart = 0;
        int bestEnd = 0;
        float best = Float.NEGATIVE_INFINITY;
        for (int start = 0; start < passage.size(); start++) {
            float startLogit = score.startLogit(offset + start);
            for (int end = start; end < Math.min(passage.size(), start + maxTokens); end++) {
                float sum = startLogit + score.endLogit(offset + end);
                if (sum > best) {
                    best = sum;
                    bestStart = start;
                    bestEnd = end;
                }
            }
        }
        return Optional.of(new AnswerSpan(passage.start(bestStart), passage.end(bestEnd), best / 2));
    }
}
