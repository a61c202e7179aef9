package quintet.bench.modelserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Reads the lines of a stream of OpenAI's chunks and takes the time of each piece of text. Not thread-safe. */
final class CompletionReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    private final LongSupplier clock;
    private final long begun;
    private final List<Duration> gaps = new ArrayList<>();
    private long first;
    private long last;
    private int pieces;
    private int counted;
    private boolean finished;

    /** Begins now, by a clock in nanoseconds. */
    CompletionReader(LongSupplier clock) {
        this.clock = clock;
        this.begun = clock.getAsLong();
    }

    /** Takes a line as it arrives. */
    void line(String line) {
        String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
        if (data.isEmpty() || data.equals("[DONE]")) {
            return;
        }
        try {
            chunk(JSON.readTree(data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server sent what is no JSON: " + data, e);
        }
    }

    private void chunk(JsonNode chunk) {
        JsonNode choice = chunk.path("choices").path(0);
        String text =
                choice.path("delta").path("content").asText(choice.path("text").asText(""));
        if (!text.isEmpty() && !choice.path("delta").path("content").isNull()) {
            long now = clock.getAsLong();
            if (pieces++ == 0) {
                first = now;
            } else {
                gaps.add(Duration.ofNanos(now - last));
            }
            last = now;
        }
        finished |= choice.path("finish_reason").isTextual();
        counted =
                Math.max(counted, chunk.path("usage").path("completion_tokens").asInt(0));
    }

    /** What came, when nothing more comes. */
    Completion end() {
        return new Completion(
                200,
                Duration.ofNanos(pieces == 0 ? 0 : first - begun),
                List.copyOf(gaps),
                Duration.ofNanos(clock.getAsLong() - begun),
                counted == 0 ? pieces : counted,
                finished);
    }
}
