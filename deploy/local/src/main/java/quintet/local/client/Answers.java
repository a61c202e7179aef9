package quintet.local.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers from a collection. */
public final class Answers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Api api;
    private final String collection;
    private final @Nullable String filter;

    /** Answers behind a front door, from all documents of a collection. */
    public Answers(URI door, String collection) {
        this(door, collection, null);
    }

    /** Answers behind a front door, from the documents of a collection that a filter keeps. */
    public Answers(URI door, String collection, @Nullable String filter) {
        this.api = new Api(door);
        this.collection = collection;
        this.filter = filter;
    }

    /** The whole answer as one JSON object. */
    public JsonNode ask(String question) throws ApiException, InterruptedException {
        return api.send(request(question, "application/json")).body();
    }

    /**
     * Tells each event of an answer as it comes. Returns at {@code done} or {@code failed}.
     *
     * @throws ApiException also if the stream ends without either
     */
    public void stream(String question, Consumer<AnswerEvent> events) throws ApiException, InterruptedException {
        try (InputStream stream = api.stream(request(question, "text/event-stream"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            EventParser parser = new EventParser();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                AnswerEvent event = parser.accept(line).orElse(null);
                if (event != null) {
                    events.accept(event);
                    if (event.name().equals("done") || event.name().equals("failed")) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new ApiException(0, "The answer broke off: " + e.getMessage());
        }
        throw new ApiException(0, "The answer broke off before its end");
    }

    private HttpRequest request(String question, String accept) {
        ObjectNode body = JSON.createObjectNode().put("collection", collection).put("question", question);
        if (filter != null) {
            body.put("filter", filter);
        }
        return api.request("/v1/answers")
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }
}
