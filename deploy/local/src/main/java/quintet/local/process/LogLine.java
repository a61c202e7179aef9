package quintet.local.process;

import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns a structured log line, one JSON object, into one for people; any other line stays as it is. */
public final class LogLine {
    private static final JsonMapper JSON = JsonMapper.shared();

    private LogLine() {}

    /** Time, level, logger, message and, on lines below it, the exception. */
    public static String forPeople(String line) {
        if (!line.startsWith("{")) {
            return line;
        }
        try {
            JsonNode entry = JSON.readTree(line);
            String trace = entry.path("mdc").path("traceId").asString("");
            String exception = entry.path("stackTrace").asString(messages(entry.path("exception")));
            return "%s %-5s %s %s%s%s"
                    .formatted(
                            time(entry.path("timestamp").asString("")),
                            entry.path("level").asString(""),
                            shortName(entry.path("loggerName").asString("")),
                            entry.path("message").asString(""),
                            trace.isEmpty() ? "" : " [" + trace + "]",
                            exception.isBlank() ? "" : "\n" + exception.strip());
        } catch (JacksonException _) {
            return line;
        }
    }

    /** The message of an exception and, where it is another one, what it came from in the end. */
    private static String messages(JsonNode exception) {
        String message = exception.path("message").asString("");
        if (!exception.has("causedBy")) {
            return message;
        }
        JsonNode root = exception;
        while (root.path("causedBy").has("exception")) {
            root = root.path("causedBy").path("exception");
        }
        return "%s%n  from %s: %s"
                .formatted(
                        message,
                        root.path("exceptionType").asString(""),
                        root.path("message").asString(""));
    }

    private static String time(String timestamp) {
        try {
            return LocalTime.ofInstant(OffsetDateTime.parse(timestamp).toInstant(), ZoneId.systemDefault())
                    .truncatedTo(ChronoUnit.MILLIS)
                    .toString();
        } catch (DateTimeParseException _) {
            return timestamp.isEmpty() ? Instant.EPOCH.toString() : timestamp;
        }
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
