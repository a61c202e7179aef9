package quintet.embed.adapter.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
    private RetryAfter() {}

    /** Returns how long to wait from {@code now}, at least 0; empty for what is neither. */
    static Optional<Duration> parse(String value, Instant now) {
        String stripped = value.strip();
        try {
            if (stripped.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(stripped)));
            }
            Instant date = ZonedDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
