package quintet.messaging;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * What a message has been through. It travels in the message's own headers, so that it is still known after a crash of
 * whoever handles it and of the broker, and is the same on every broker.
 *
 * @param attempts how often handling it failed
 * @param deaths how often whoever handled it ended without settling it
 * @param firstFailure time of the first of them; absent if there was none
 * @param lastFailure time of the last of them
 * @param reason stable reason of the last failure; empty if there was none
 * @param message its sentence
 */
public record DeliveryHistory(
        int attempts,
        int deaths,
        Optional<Instant> firstFailure,
        Optional<Instant> lastFailure,
        String reason,
        String message) {
    /** Number of failed attempts. */
    public static final String ATTEMPTS = "quintet-attempts";

    /** Number of times that whoever handled the message died. */
    public static final String DEATHS = "quintet-deaths";

    /** Time of the first failure, ISO 8601. */
    public static final String FIRST_FAILURE = "quintet-first-failure";

    /** Time of the last failure, ISO 8601. */
    public static final String LAST_FAILURE = "quintet-last-failure";

    /** Reason of the last failure, in UPPER_SNAKE_CASE. */
    public static final String REASON = "quintet-reason";

    /** Sentence of the last failure. */
    public static final String MESSAGE = "quintet-message";

    /** Stage that gave up; on dead letters only. */
    public static final String STAGE = "quintet-stage";

    /** Queue that a dead letter comes from. */
    public static final String QUEUE = "quintet-queue";

    /** On a message that a person has put back from the dead letters: its document is taken up again, even if FAILED. */
    public static final String REPLAYED = "quintet-replayed";

    private static final int MAX_MESSAGE_CHARACTERS = 1000;

    /** Reads the headers of a message; what is missing or makes no sense counts as not there. */
    public static DeliveryHistory of(Map<String, Object> headers) {
        return new DeliveryHistory(
                number(headers.get(ATTEMPTS)),
                number(headers.get(DEATHS)),
                time(headers.get(FIRST_FAILURE)),
                time(headers.get(LAST_FAILURE)),
                text(headers.get(REASON)),
                text(headers.get(MESSAGE)));
    }

    /** Returns this history and one more failed attempt. */
    public DeliveryHistory failed(Failure why, Instant now) {
        String sentence = why.message();
        return new DeliveryHistory(
                attempts + 1,
                deaths,
                firstFailure.or(() -> Optional.of(now)),
                Optional.of(now),
                why.reason(),
                sentence.length() <= MAX_MESSAGE_CHARACTERS ? sentence : sentence.substring(0, MAX_MESSAGE_CHARACTERS));
    }

    /** Returns this history and one more death of whoever handled the message. */
    public DeliveryHistory died(Instant now) {
        return new DeliveryHistory(
                attempts, deaths + 1, firstFailure.or(() -> Optional.of(now)), Optional.of(now), reason, message);
    }

    /** Returns {@code headers} with this history in place of an older one, and without what the broker added to them. */
    public Map<String, Object> in(Map<String, Object> headers) {
        Map<String, Object> all = new HashMap<>(headers);
        all.keySet().removeIf(name -> name.startsWith("x-"));
        all.put(ATTEMPTS, attempts);
        all.put(DEATHS, deaths);
        firstFailure.ifPresent(at -> all.put(FIRST_FAILURE, at.toString()));
        lastFailure.ifPresent(at -> all.put(LAST_FAILURE, at.toString()));
        all.put(REASON, reason);
        all.put(MESSAGE, message);
        return all;
    }

    private static int number(@Nullable Object header) {
        return header instanceof Number number ? Math.max(0, number.intValue()) : 0;
    }

    private static Optional<Instant> time(@Nullable Object header) {
        try {
            return header == null ? Optional.empty() : Optional.of(Instant.parse(header.toString()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable Object header) {
        return header == null ? "" : header.toString();
    }
}
