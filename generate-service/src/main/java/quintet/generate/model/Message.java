package quintet.generate.model;

/** A message to a language model. */
public record Message(Speaker speaker, String content) {
    /** Whose words they are. */
    public enum Speaker {
        /** Ours: what the model has to do. */
        SYSTEM,
        /** The person's, and the passages. */
        USER,
        /** The model's own, earlier. */
        ASSISTANT
    }
}
