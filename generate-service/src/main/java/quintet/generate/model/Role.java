package quintet.generate.model;

/** Who said a turn of a conversation. */
public enum Role {
    /** The person who asks. */
    USER,
    /** The service that answers. */
    ASSISTANT
}
