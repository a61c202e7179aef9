package quintet.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * The body of every HTTP error, RFC 9457.
 *
 * @param type always {@code about:blank}: the reason says which problem it is
 * @param title the status in words
 * @param status HTTP status, 400 to 599
 * @param reason stable reason in UPPER_SNAKE_CASE
 * @param detail a sentence that names the value and the bound
 * @param metadata the variables of the sentence by name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type, String title, int status, String reason, String detail, Map<String, String> metadata) {
    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies the metadata. */
    public Problem {
        metadata = Map.copyOf(metadata);
    }
}
