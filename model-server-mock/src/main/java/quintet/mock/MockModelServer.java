package quintet.mock;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server with OpenAI's chat completions that does what a {@link Script} says: tokens at fixed times, any {@link Fault}, a bounded
 * number at once with the others waiting, and metrics. It counts what it did, and notes when a client left.
 *
 * <p>Everything happens on one event loop; the counts can be read from any thread.
 */
public final class MockModelServer implements AutoCloseable {
    private static final double CHARACTERS_PER_TOKEN = 3.2;
    private static final int MAX_REMEMBERED = 100_000;
    private static final int LOOK_MS = 20;

    private final Vertx vertx;
    private final Dialect dialect;
    private final int slotCount;
    private final Function<JsonObject, Script> scripts;
    private final List<Cancellation> cancellations = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();
    private Slots slots;
    private volatile Counts counts = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);
    private volatile @Nullable JsonObject lastRequest;
    private volatile String lastAuthorization = "";
    private volatile boolean draining;
    private @Nullable HttpServer server;
    private int port;

    /**
     * Prepares a server; {@link #start} lets it listen.
     *
     * @param slots completions that run at once
     * @param scripts what to do, by the body of the request
     */
    public MockModelServer(Vertx vertx, int slots, Dialect dialect, Function<JsonObject, Script> scripts) {
        this.vertx = vertx;
        this.slotCount = slots;
        this.slots = new Slots(slots);
        this.dialect = dialect;
        this.scripts = scripts;
    }

    /** Lets it listen, on {@code wantedPort} or for 0 on any; blocks until it does. After {@link #close} it starts anew. */
    public MockModelServer start(int wantedPort) {
        draining = false;
        slots = new Slots(slotCount);
        HttpServer listening = vertx.createHttpServer(new HttpServerOptions()
                        .setReuseAddress(true)
                        .setIdleTimeout(0)
                        .setTcpNoDelay(true))
                .requestHandler(this::handle);
        port = join(listening.listen(wantedPort, "127.0.0.1")).actualPort();
        server = listening;
        return this;
    }

    /** Returns where it listens. */
    public int port() {
        return port;
    }

    /** Returns its address as clients are told it, with {@code /v1}. */
    public String url() {
        return "http://127.0.0.1:%d/v1".formatted(port);
    }

    /** Returns what it has done. */
    public Counts counts() {
        return counts;
    }

    /** Returns the clients that left, in the order in which it knew. */
    public List<Cancellation> cancellations() {
        return cancellations;
    }

    /** Returns the body of the last completion; empty before the first. */
    public JsonObject lastRequest() {
        JsonObject last = lastRequest;
        return last == null ? new JsonObject() : last;
    }

    /** Returns the header Authorization of the last completion; empty without one. */
    public String lastAuthorization() {
        return lastAuthorization;
    }

    /** Returns how often its metrics or models were asked for. */
    public int polls() {
        return polls.get();
    }

    /** Refuses what is new with 503, lets what runs come to its end, then stops: how a server is restarted in good order. */
    public Future<Void> drain() {
        draining = true;
        Promise<Void> idle = Promise.promise();
        var _ = vertx.setPeriodic(LOOK_MS, timer -> {
            if (counts.running() == 0 && counts.waiting() == 0) {
                vertx.cancelTimer(timer);
                // The last bytes leave before the connections do.
                var _ = vertx.setTimer(LOOK_MS, _ -> idle.complete());
            }
        });
        return idle.future().compose(_ -> stop());
    }

    /** Breaks all connections and stops. */
    @Override
    public void close() {
        join(stop());
    }

    private Future<Void> stop() {
        HttpServer listening = server;
        server = null;
        return listening == null ? Future.succeededFuture() : listening.close();
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void handle(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/v1/chat/completions" -> {
                var _ = request.body().onSuccess(body -> complete(request, body));
            }
            case "/metrics" -> {
                polls.incrementAndGet();
                boolean has = dialect != Dialect.NONE;
                var _ = request.response()
                        .setStatusCode(has ? 200 : 404)
                        .putHeader("Content-Type", "text/plain; version=0.0.4")
                        .end(dialect.page(counts, slotCount));
            }
            case "/v1/models", "/health" -> {
                polls.incrementAndGet();
                var _ = request.response()
                        .setStatusCode(draining ? 503 : 200)
                        .putHeader("Content-Type", "application/json")
                        .end("{\"object\":\"list\",\"data\":[{\"id\":\"mock\",\"object\":\"model\"}]}");
            }
            default -> {
                var _ = request.response().setStatusCode(404).end();
            }
        }
    }

    private void complete(HttpServerRequest request, Buffer body) {
        JsonObject json;
        try {
            json = body.toJsonObject();
        } catch (DecodeException e) {
            refuse(request, 400, -1, "the body is no JSON object");
            return;
        }
        lastRequest = json;
        lastAuthorization = String.valueOf(request.getHeader("Authorization"));
        Script script = scripts.apply(json);
        if (draining) {
            refuse(request, 503, -1, "the server is stopping");
        } else if (script.fault() instanceof Fault.Refuse(int status, int retryAfter)) {
            refuse(request, status, retryAfter, "refused by the script");
        } else {
            run(request, json, script);
        }
    }

    private void refuse(HttpServerRequest request, int status, int retryAfter, String message) {
        count(0, 0, 1, 0, 0, 0);
        var response = request.response().setStatusCode(status).putHeader("Content-Type", "application/json");
        if (retryAfter >= 0) {
            response.putHeader("Retry-After", String.valueOf(retryAfter));
        }
        var _ = response.end(Chunks.errorObject(message));
    }

    private void run(HttpServerRequest request, JsonObject json, Script script) {
        Slots home = slots;
        int promptTokens = promptTokens(json);
        ScriptedCompletion completion = new ScriptedCompletion(
                vertx,
                request.response(),
                script,
                json.getBoolean("stream", false),
                promptTokens,
                () -> count(0, 0, 0, 0, 1, 0),
                (ended, how) -> {
                    home.giveBack(ended);
                    ended(ended, how);
                });
        completion.open();
        home.take(completion);
        count(1, 0, 0, 0, 0, promptTokens);
    }

    private void ended(ScriptedCompletion completion, ScriptedCompletion.End how) {
        boolean left = how == ScriptedCompletion.End.CANCELLED;
        if (left && cancellations.size() < MAX_REMEMBERED) {
            cancellations.add(new Cancellation(System.nanoTime(), completion.sent()));
        }
        count(0, how == ScriptedCompletion.End.COMPLETED ? 1 : 0, 0, left ? 1 : 0, 0, 0);
    }

    private void count(int started, int completed, int refused, int cancelled, int tokens, int promptTokens) {
        Counts before = counts;
        counts = new Counts(
                slots.running(),
                slots.waiting(),
                before.started() + started,
                before.completed() + completed,
                before.refused() + refused,
                before.cancelled() + cancelled,
                before.tokens() + tokens,
                before.promptTokens() + promptTokens,
                Math.max(before.mostRunning(), slots.running()));
    }

    private static int promptTokens(JsonObject json) {
        long characters = 0;
        for (Object message : json.getJsonArray("messages", new JsonArray())) {
            if (message instanceof JsonObject object) {
                characters += object.getString("content", "").length();
            }
        }
        return (int) (characters / CHARACTERS_PER_TOKEN) + 1;
    }
}
