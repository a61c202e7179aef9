package quintet.retrieve.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** A language model that writes short texts. */
public interface TextModel {
    /** Returns whether there is one. */
    boolean isConfigured();

    /**
     * Writes a text.
     *
     * @param instructions what to do, the same for all inputs
     * @param input what to do it with
     * @param maxTokens bound on the length of the text
     * @param budget time that the caller has for it
     * @return the text, not blank, unchecked in every other way; fails with OVERLOADED or UNAVAILABLE and reason
     *     MODEL_SERVER_OVERLOADED or MODEL_SERVER_UNAVAILABLE
     */
    Uni<String> write(String instructions, String input, int maxTokens, Duration budget);
}
