package quintet.modelserver.pipeline;

import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.model.FinishReason;
import quintet.modelserver.model.GenerationEvent;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.Tokens;
import quintet.modelserver.model.Usage;
import quintet.modelserver.pipeline.sampling.Sampler;
import quintet.modelserver.pipeline.speculation.SpeculationSwitch;
import quintet.modelserver.pipeline.text.TextStream;

/** A completion on its way. Belongs to the thread of the model, but for {@link #cancel}. */
final class Completion {
    private final GenerationRequest request;
    private final Tokens prompt;
    private final int limit;
    private final CompletionListener listener;
    private final Sampler sampler;
    private final TextStream text;
    private final SpeculationSwitch speculation;
    private final long arrived;
    private volatile boolean cancelled;
    private Tokens draft = new Tokens();
    private int accepted;
    private boolean settled;
    private boolean ended;
    private int produced;
    private int producedBefore;
    private int draftedTotal;
    private int acceptedTotal;
    private int reused;
    private long lastTokenAt;
    private @Nullable FinishReason finishReason;

    /**
     * A completion that nothing has been done for.
     *
     * @param prompt its tokens, at least one
     * @param limit most tokens of the completion, at least 1
     * @param arrived when it was asked for, {@link System#nanoTime}
     */
    Completion(
            GenerationRequest request,
            Tokens prompt,
            int limit,
            SpeculationSwitch speculation,
            CompletionListener listener,
            long arrived) {
        this.request = request;
        this.prompt = prompt;
        this.limit = limit;
        this.listener = listener;
        this.sampler = new Sampler(request.sampling(), prompt);
        this.text = new TextStream(request.stop());
        this.speculation = speculation;
        this.arrived = arrived;
    }

    Tokens prompt() {
        return prompt;
    }

    /** Most tokens of the completion. */
    int limit() {
        return limit;
    }

    long arrived() {
        return arrived;
    }

    /** Nobody waits for it any more; callable from any thread. */
    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    boolean ended() {
        return ended;
    }

    int produced() {
        return produced;
    }

    /** Tokens of the prompt that need not be computed. */
    void reused(int tokens) {
        reused = tokens;
    }

    /** How many tokens to guess at the next step: one less than may still come, as each step brings one of its own. */
    int wantedDraft() {
        return Math.min(speculation.length(), limit - produced - 1);
    }

    /** Begins a step with a guess. */
    void begin(Tokens guess) {
        draft = guess;
        accepted = 0;
        settled = false;
        producedBefore = produced;
    }

    Tokens draft() {
        return draft;
    }

    /** Guessed tokens of this step that came up. */
    int accepted() {
        return accepted;
    }

    /** Tells whether this step can bring no further token: a guess was wrong, none is left, or all is over. */
    boolean settled() {
        return settled || ended;
    }

    /**
     * Draws a token. Sampling from the model itself at each place and going on while the guess was the same is exact for every way to
     * sample: what comes does not depend on the guess.
     */
    int sample(float[] logits) {
        return sampler.sample(logits);
    }

    /**
     * Takes the token that was drawn.
     *
     * @param piece its bytes
     * @param last whether it ends texts
     */
    void take(int token, byte[] piece, boolean last) {
        produced++;
        if (last && !request.ignoreEnd()) {
            end(FinishReason.STOP, text.end());
            return;
        }
        String ready = text.add(piece);
        if (text.stopped()) {
            end(FinishReason.STOP, ready);
        } else if (produced == limit) {
            end(FinishReason.LENGTH, ready + text.end());
        } else {
            say(ready);
            if (accepted < draft.size() && draft.get(accepted) == token) {
                accepted++;
            } else {
                settled = true;
            }
        }
    }

    /** Ends a step; returns how many tokens it brought. */
    int settle() {
        int tokens = produced - producedBefore;
        draftedTotal += draft.size();
        acceptedTotal += accepted;
        speculation.observe(draft.size(), accepted, tokens);
        return tokens;
    }

    /** When the last token came, {@link System#nanoTime}; sets it to now and returns what it was, 0 before the first. */
    long tokenAt(long now) {
        long before = lastTokenAt;
        lastTokenAt = now;
        return before;
    }

    /** Why it ended, if it did well. */
    @Nullable
    FinishReason finishReason() {
        return finishReason;
    }

    void fail(Failure failure) {
        if (!ended) {
            ended = true;
            listener.failed(failure);
        }
    }

    private void end(FinishReason reason, String rest) {
        say(rest);
        ended = true;
        finishReason = reason;
        // This step's guess is not counted yet.
        listener.on(new GenerationEvent.Finished(
                reason,
                new Usage(prompt.size(), reused, produced, draftedTotal + draft.size(), acceptedTotal + accepted)));
    }

    private void say(String piece) {
        if (!piece.isEmpty()) {
            listener.on(new GenerationEvent.Delta(piece));
        }
    }
}
