package quintet.generate.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A server that speaks OpenAI's chat completions over HTTP. What goes wrong is chosen by words in the question. It notes the request,
 * and when a client leaves, in system properties: those cross the class loaders of a test.
 */
public final class FakeModelServer implements QuarkusTestResourceLifecycleManager {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Marks arrive cut in pieces, and one names a source that was not given. */
    private static final List<String> ANSWER = List.of(
            "Employees",
            " can",
            " expense",
            " up to $1000",
            " for fitness-related",
            " programs",
            " every year ",
            "[",
            "1",
            "]",
            "[9",
            "9]",
            ". Travel",
            " is not",
            " covered",
            " [2, ",
            "1]",
            ".");

    private final Vertx vertx = Vertx.vertx();

    @Override
    public Map<String, String> start() {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    System.setProperty("quintet.fake.model.request", body.toString());
                    System.setProperty("quintet.fake.model.authorization", "" + request.getHeader("Authorization"));
                    answer(request, lastMessage(body.toString()));
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return Map.of("quintet.generate.model-server.url", "http://127.0.0.1:%d/v1".formatted(port));
    }

    @Override
    public void stop() {
        vertx.close();
    }

    /** Returns what was last noted, by name. */
    public static String seen(String name) {
        return System.getProperty("quintet.fake.model." + name, "");
    }

    /** Forgets what was noted. */
    public static void forget(String name) {
        System.clearProperty("quintet.fake.model." + name);
    }

    private void answer(HttpServerRequest request, String question) {
        HttpServerResponse response = request.response();
        response.exceptionHandler(_ -> {});
        request.connection().closeHandler(_ -> {
            if (!response.ended()) {
                System.setProperty("quintet.fake.model.left", "true");
            }
        });
        if (question.contains("model-500")) {
            response.setStatusCode(500).end("{\"error\":{\"message\":\"out of memory\"}}");
        } else if (question.contains("model-429")) {
            response.setStatusCode(429).putHeader("Retry-After", "7").end("{\"error\":{\"message\":\"too many\"}}");
        } else if (!question.contains("model-mute")) {
            stream(response.setChunked(true).putHeader("Content-Type", "text/event-stream"), question);
        }
    }

    private void stream(HttpServerResponse response, String question) {
        if (question.contains("model-silent")) {
            response.writeHead();
        } else if (question.contains("model-stalls")) {
            response.write(delta("Employees")).onComplete(_ -> response.write(delta(" can")));
        } else if (question.contains("model-breaks")) {
            response.write(delta("Employees")).onComplete(_ -> vertx.setTimer(50, _ -> response.end()));
        } else if (question.contains("model-dies")) {
            response.write(delta("Employees")).onComplete(_ -> vertx.setTimer(50, _ -> response.reset()));
        } else if (question.contains("model-errs")) {
            response.write(delta("Employees"));
            response.end("data: {\"error\":{\"message\":\"engine dead\",\"code\":500}}\n\n");
        } else if (question.contains("model-endless")) {
            vertx.setPeriodic(10, timer -> {
                if (response.closed()) {
                    vertx.cancelTimer(timer);
                } else {
                    response.write(delta("word "));
                }
            });
        } else {
            response.write(": ping\n\n");
            ANSWER.forEach(token -> response.write(delta(token)));
            response.write(chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}"
                    .formatted(question.contains("model-long") ? "length" : "stop")));
            response.write("data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":321,\"completion_tokens\":18,\"total_tokens\":339}}\n\n");
            response.end("data: [DONE]\n\n");
        }
    }

    private static String delta(String text) {
        return chunk("{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":null}"
                .formatted(JSON.valueToTree(text).toString()));
    }

    private static String chunk(String choice) {
        return "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[%s]}\n\n"
                .formatted(choice);
    }

    private static String lastMessage(String body) {
        try {
            JsonNode messages = JSON.readTree(body).path("messages");
            return messages.path(messages.size() - 1).path("content").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
