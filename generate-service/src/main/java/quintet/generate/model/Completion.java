package quintet.generate.model;

import java.util.Optional;

/** What a chat model says, piece by piece. {@link Finished} comes last, exactly once. */
public sealed interface Completion {
    /** Text to append. */
    record Delta(String text) implements Completion {}

    /**
     * The end.
     *
     * @param pace how fast a model server wrote it; absent for extractive answers, and for those that were written before
     * @param cached whether it was written before
     */
    record Finished(FinishReason reason, Usage usage, Optional<Pace> pace, boolean cached) implements Completion {
        /** The end of what a model server has just written. */
        public Finished(FinishReason reason, Usage usage, Optional<Pace> pace) {
            this(reason, usage, pace, false);
        }

        /** The end of what no model server wrote. */
        public Finished(FinishReason reason, Usage usage) {
            this(reason, usage, Optional.empty(), false);
        }
    }
}
