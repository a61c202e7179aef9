package quintet.generate.model;

/** What a chat model says, piece by piece. {@link Finished} comes last, exactly once. */
public sealed interface Completion {
    /** Text to append. */
    record Delta(String text) implements Completion {}

    /** The end. */
    record Finished(FinishReason reason, Usage usage) implements Completion {}
}
