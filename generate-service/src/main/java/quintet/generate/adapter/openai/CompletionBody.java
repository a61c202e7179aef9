package quintet.generate.adapter.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import quintet.generate.model.Message;

/** The body of a request for a streamed chat completion. */
final class CompletionBody {
    private static final JsonFactory JSON = new JsonFactory();

    private final String model;
    private final int maxTokens;
    private final double temperature;

    CompletionBody(OpenAiConfig config) {
        this.model = config.model();
        this.maxTokens = config.maxTokens();
        this.temperature = config.temperature();
    }

    /** Returns the body as JSON; the same prompt gives the same bytes. */
    Buffer of(List<Message> prompt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeArrayFieldStart("messages");
            for (Message message : prompt) {
                json.writeStartObject();
                json.writeStringField(
                        "role",
                        switch (message.speaker()) {
                            case SYSTEM -> "system";
                            case USER -> "user";
                            case ASSISTANT -> "assistant";
                        });
                json.writeStringField("content", message.content());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("temperature", temperature);
            json.writeNumberField("max_tokens", maxTokens);
            json.writeBooleanField("stream", true);
            json.writeObjectFieldStart("stream_options");
            json.writeBooleanField("include_usage", true);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
