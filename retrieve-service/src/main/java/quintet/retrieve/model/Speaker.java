package quintet.retrieve.model;

/** Who said a turn of a conversation. */
public enum Speaker {
    /** The one who asks. */
    USER,
    /** The one who answers. */
    ASSISTANT
}
