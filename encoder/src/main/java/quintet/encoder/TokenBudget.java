package quintet.encoder;

import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Batching;

/**
 * Bounds a run by its tokens: more of them do not fit the processor's cache and take longer each. A sequence counts as much as the
 * longest of its run, because attention is computed over as many: short ones go together, long ones alone.
 *
 * @param tokens of a run, at least 1; a longer sequence still goes, alone
 */
record TokenBudget(int tokens) implements Batching<TokenSequence> {
    /** A model whose results depend on the rest of the batch, or that would pad it. */
    static final TokenBudget ONE_SEQUENCE = new TokenBudget(1);

    @Override
    public int size(TokenSequence sequence) {
        return sequence.length();
    }

    @Override
    public boolean joins(int items, int largest, int next) {
        return (long) (items + 1) * Math.max(largest, next) <= tokens;
    }
}
