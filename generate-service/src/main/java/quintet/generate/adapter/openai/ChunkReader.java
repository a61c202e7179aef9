package quintet.generate.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Completion;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Usage;

/**
 * Understands the chunks of one streamed chat completion. Text is passed on, what a model thinks to itself ({@code reasoning_content})
 * is not. A server's error inside the stream is a failure. Not thread-safe.
 */
final class ChunkReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_SHOWN = 300;

    private final Consumer<Completion> sink;
    private @Nullable String finishReason;
    private Usage usage = Usage.NONE;
    private boolean done;

    ChunkReader(Consumer<Completion> sink) {
        this.sink = sink;
    }

    /** Returns whether the server has said that nothing more comes. */
    boolean done() {
        return done;
    }

    /** Takes in the data of an event. */
    void read(byte[] data, int length) {
        if (isDone(data, length)) {
            done = true;
            return;
        }
        JsonNode chunk = parse(data, length);
        JsonNode error = chunk.path("error");
        if (error.isObject()
                || error.isTextual()
                || chunk.path("object").asText().equals("error")) {
            throw Failure.unavailable(
                    "MODEL_SERVER_UNAVAILABLE", "the model server failed while it wrote: " + message(chunk), null);
        }
        JsonNode counted = chunk.path("usage");
        if (counted.path("prompt_tokens").isNumber()) {
            usage = new Usage(
                    counted.path("prompt_tokens").asInt(),
                    counted.path("completion_tokens").asInt());
        }
        JsonNode choice = chunk.path("choices").path(0);
        if (choice.path("finish_reason").isTextual()) {
            finishReason = choice.path("finish_reason").asText();
        }
        JsonNode content = choice.path("delta").path("content");
        if (content.isTextual() && !content.asText().isEmpty()) {
            sink.accept(new Completion.Delta(content.asText()));
        }
    }

    /** Returns the end; a stream that only stops was broken. */
    Completion finished() {
        if (finishReason == null && !done) {
            throw Failure.unavailable(
                    "MODEL_SERVER_UNAVAILABLE", "the model server broke off before the end of the answer", null);
        }
        return new Completion.Finished("length".equals(finishReason) ? FinishReason.LENGTH : FinishReason.STOP, usage);
    }

    /** Returns what a server says about an error, in whichever of the usual shapes. */
    static String message(byte[] body) {
        try {
            return message(JSON.readTree(body));
        } catch (IOException e) {
            return "no reason given";
        }
    }

    private static String message(@Nullable JsonNode body) {
        if (body == null) {
            return "no reason given";
        }
        for (JsonNode candidate : new JsonNode[] {
            body.path("error").path("message"), body.path("error"), body.path("message"), body.path("detail")
        }) {
            if (candidate.isTextual() && !candidate.asText().isBlank()) {
                String text = candidate.asText().replaceAll("\\s+", " ");
                return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
            }
        }
        return "no reason given";
    }

    private static JsonNode parse(byte[] data, int length) {
        try {
            return JSON.readTree(data, 0, length);
        } catch (IOException e) {
            throw Failure.unavailable("MODEL_SERVER_UNAVAILABLE", "the model server sent an event that is no JSON", e);
        }
    }

    private static boolean isDone(byte[] data, int length) {
        // [DONE], with or without spaces around
        int from = 0;
        int to = length;
        while (from < to && data[from] == ' ') {
            from++;
        }
        while (to > from && data[to - 1] == ' ') {
            to--;
        }
        return to - from == 6 && data[from] == '[' && data[from + 1] == 'D' && data[from + 4] == 'E';
    }
}
