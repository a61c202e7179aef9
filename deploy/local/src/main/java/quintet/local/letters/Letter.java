package quintet.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.GetResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import quintet.messaging.DeliveryHistory;

/**
 * A message that was given up.
 *
 * @param id derived from queue and content: the same message given up twice has it twice
 * @param queue the queue that it comes from
 * @param document what it is about, as {@code collection/document@version}; empty if it can not be read
 * @param reason stable reason in UPPER_SNAKE_CASE; {@code UNKNOWN} if nothing says so
 * @param message the reason's sentence; empty if nothing says so
 * @param stage what gave it up; empty if nothing says so
 * @param attempts how often it was tried
 * @param deaths how often whoever handled it died
 * @param firstFailure ISO 8601; empty if nothing says so
 * @param lastFailure ISO 8601; empty if nothing says so
 * @param bytes length of the message
 */
public record Letter(
        String id,
        String queue,
        String document,
        String reason,
        String message,
        String stage,
        int attempts,
        int deaths,
        String firstFailure,
        String lastFailure,
        int bytes) {
    private static final int ID_BYTES = 6;

    static Letter of(String queue, GetResponse got) {
        Map<String, Object> headers =
                Optional.ofNullable(got.getProps().getHeaders()).orElse(Map.of());
        DeliveryHistory history = DeliveryHistory.of(headers);
        return new Letter(
                id(queue, got.getBody()),
                queue,
                LetterContent.of(queue, got.getBody())
                        .map(LetterContent::document)
                        .orElse(""),
                history.reason().isEmpty() ? brokersReason(headers) : history.reason(),
                history.message(),
                text(headers, DeliveryHistory.STAGE),
                history.attempts(),
                history.deaths(),
                text(headers, DeliveryHistory.FIRST_FAILURE),
                text(headers, DeliveryHistory.LAST_FAILURE),
                got.getBody().length);
    }

    /** A broker that gives a message up by itself, after too many redeliveries, says so in a header of its own. */
    private static String brokersReason(Map<String, Object> headers) {
        return headers.get("x-death") instanceof List<?> deaths
                        && !deaths.isEmpty()
                        && deaths.getFirst() instanceof Map<?, ?> death
                        && death.get("reason") != null
                ? death.get("reason").toString().toUpperCase(Locale.ROOT)
                : "UNKNOWN";
    }

    private static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value == null ? "" : value.toString();
    }

    private static String id(String queue, byte[] body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(queue.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha256.digest(body), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
