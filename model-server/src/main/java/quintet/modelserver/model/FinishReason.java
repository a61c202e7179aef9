package quintet.modelserver.model;

/** Why a completion ended. */
public enum FinishReason {
    /** The model ended it, or a stop text came up. */
    STOP("stop"),
    /** The bound on its tokens, or the end of the context. */
    LENGTH("length");

    private final String wireName;

    FinishReason(String wireName) {
        this.wireName = wireName;
    }

    /** Returns OpenAI's word for it. */
    public String wireName() {
        return wireName;
    }
}
