package quintet.generate.model;

import java.util.Optional;

/** What a chat model says, piece by piece. {@link Finished} comes last, exactly once. */
public sealed interface Completion {
    /** Text to append. */
    record Delta(String text) implements Completion {}

    /**
     * The end.
     *
     * @param pace how fast a model server wrote it; absent for extractive answers
     */
    record Finished(FinishReason reason, Usage usage, Optional<Pace> pace) implements Completion {
        /** The end of what no model server wrote. */
        public Finished(FinishReason reason, Usage usage) {
            this(reason, usage, Optional.empty());
        }
    }
}
