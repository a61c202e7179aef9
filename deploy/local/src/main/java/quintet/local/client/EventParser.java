package quintet.local.client;

import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events line by line: an event ends with an empty line, its data may span several. */
final class EventParser {
    private static final String DEFAULT_NAME = "message";

    private final StringBuilder data = new StringBuilder();
    private String name = DEFAULT_NAME;

    /** Takes a line without its end; an event if the line completes one. */
    Optional<AnswerEvent> accept(String line) {
        if (line.isEmpty()) {
            return complete();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        String text = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "event" -> name = text;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(text);
            default -> {
                // Comments keep a connection alive; ids and retry times are of no use to one answer.
            }
        }
        return Optional.empty();
    }

    private Optional<AnswerEvent> complete() {
        try {
            return data.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AnswerEvent(name, JsonMapper.shared().readTree(data.toString())));
        } finally {
            data.setLength(0);
            name = DEFAULT_NAME;
        }
    }
}
