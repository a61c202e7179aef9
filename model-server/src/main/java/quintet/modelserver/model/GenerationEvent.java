package quintet.modelserver.model;

/** A piece of a completion. */
public sealed interface GenerationEvent {
    /** The next text, whole characters only. */
    record Delta(String text) implements GenerationEvent {}

    /** The end. */
    record Finished(FinishReason reason, Usage usage) implements GenerationEvent {}
}
