package quintet.generate.model;

/** Tokens as the model server counts them; both 0 for extractive answers. */
public record Usage(int promptTokens, int completionTokens) {
    /** No tokens. */
    public static final Usage NONE = new Usage(0, 0);
}
