package quintet.retrieve.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The time that a text names: a month, a day or a point.
 *
 * @param first its first nanosecond
 * @param last its last nanosecond; the first one again for a point
 */
public record TimeSpan(Instant first, Instant last) {
    private static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Pattern MAYBE = Pattern.compile("\\d{4}-\\d{2}(-\\d{2}([T ]\\d{2}:.{2,80})?)?");

    /**
     * Reads ISO 8601: {@code 2024-05}, {@code 2024-05-01}, or {@code 2024-05-01T10:30} with or without seconds, fractions and a
     * zone; a space may stand for the T. Without a zone it is UTC.
     *
     * @return empty if the text is anything else or lies outside of the years 0 to 9999 in UTC
     */
    public static Optional<TimeSpan> read(String text) {
        if (!MAYBE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            TimeSpan span = switch (text.length()) {
                case 7 -> {
                    YearMonth month = YearMonth.parse(text);
                    yield days(month.atDay(1), month.atEndOfMonth());
                }
                case 10 -> days(LocalDate.parse(text), LocalDate.parse(text));
                default -> {
                    Instant point = point(text.substring(0, 10) + 'T' + text.substring(11));
                    yield new TimeSpan(point, point);
                }
            };
            return isInYears(span.first) && isInYears(span.last) ? Optional.of(span) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns whether a point lies in the years 0 to 9999 in UTC. */
    static boolean isInYears(Instant point) {
        return !point.isBefore(MIN) && !point.isAfter(MAX);
    }

    private static TimeSpan days(LocalDate first, LocalDate last) {
        return new TimeSpan(
                first.atStartOfDay().toInstant(ZoneOffset.UTC),
                last.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusNanos(1));
    }

    private static Instant point(String text) {
        TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
        return switch (time) {
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> Instant.from(time);
        };
    }
}
