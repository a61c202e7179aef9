package quintet.generate.model;

import java.util.Locale;

/** Why an answer ends. */
public enum FinishReason {
    /** It is complete. */
    STOP,
    /** It reached the bound on its length. */
    LENGTH,
    /** The passages do not hold an answer. */
    NO_ANSWER;

    /** Returns the name on the wire, such as {@code no_answer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
