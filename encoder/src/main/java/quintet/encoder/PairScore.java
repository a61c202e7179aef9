package quintet.encoder;

import org.jspecify.annotations.Nullable;

/** What a cross-encoder says about a pair of texts. */
public final class PairScore {
    private final float logit;
    private final float @Nullable [] start;
    private final float @Nullable [] end;

    /** Takes a pair's logit and, from a model that reads spans, the logits of its tokens. */
    public PairScore(float logit, float @Nullable [] start, float @Nullable [] end) {
        this.logit = logit;
        this.start = start == null ? null : start.clone();
        this.end = end == null ? null : end.clone();
    }

    /** Returns the relevance of the second text to the first on an open scale. */
    public float logit() {
        return logit;
    }

    /** Returns whether the model reads answer spans too. */
    public boolean hasSpans() {
        return start != null && end != null;
    }

    /** Returns how much the answer seems to start at token {@code i} of the sequence. */
    public float startLogit(int i) {
        return at(start, i);
    }

    /** Returns how much the answer seems to end with token {@code i} of the sequence. */
    public float endLogit(int i) {
        return at(end, i);
    }

    private static float at(float @Nullable [] logits, int i) {
        if (logits == null) {
            throw new IllegalStateException("the model reads no spans");
        }
        return logits[i];
    }
}
