package quintet.generate.adapter.openai;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Duration;
import org.jboss.logging.Logger;
import quintet.generate.model.ReplicaLoad;

/**
 * Looks after one server: whether it answers {@code /v1/models}, and what its {@code /metrics} say. A server that refuses is not ready at
 * once; one that is only late is busy, and not ready the third time. On one Vert.x context; the next look begins when the last has
 * ended.
 */
final class LoadWatch {
    private static final Logger LOG = Logger.getLogger(LoadWatch.class);
    private static final int LATE_TO_BE_GONE = 3;
    private static final int MOST_BYTES = 4 << 20;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final Context context;
    private final HttpClient client;
    private final OpenAiReplica replica;
    private final Duration interval;
    private final Duration timeout;
    private final Runnable onLook;
    private long looks;
    private int late;
    private volatile boolean stopped;

    LoadWatch(Vertx vertx, HttpClient client, OpenAiReplica replica, OpenAiConfig config, Runnable onLook) {
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.replica = replica;
        this.interval = config.pollInterval();
        this.timeout = config.pollTimeout();
        this.onLook = onLook;
    }

    void start() {
        context.runOnContext(_ -> look());
    }

    void stop() {
        stopped = true;
    }

    private void look() {
        if (stopped) {
            return;
        }
        looks++;
        get(replica.endpoint().request(HttpMethod.GET, "/models"))
                .map(found -> readiness(found.status()))
                .otherwise(this::readiness)
                .compose(ready -> ready ? metrics() : Future.succeededFuture(ReplicaLoad.bare(false, looks)))
                .onComplete(found -> {
                    tell(found.succeeded() ? found.result() : ReplicaLoad.bare(true, looks));
                    var _ = context.owner().setTimer(Math.max(1, interval.toMillis()), _ -> look());
                });
    }

    /** A server without a list of models, or one that keeps it from us, is there all the same. */
    private boolean readiness(int status) {
        late = 0;
        return status < SERVER_ERROR;
    }

    private boolean readiness(Throwable thrown) {
        if (thrown instanceof ConnectException) {
            late = 0;
            return false;
        }
        late++;
        return late < LATE_TO_BE_GONE && replica.load().ready();
    }

    private Future<ReplicaLoad> metrics() {
        return get(replica.endpoint().beside(HttpMethod.GET, "/metrics"))
                .map(found -> found.status() == OK
                        ? LoadText.read(found.body().toString(), looks)
                        : ReplicaLoad.bare(true, looks));
    }

    private void tell(ReplicaLoad found) {
        if (found.ready() != replica.load().ready()) {
            LOG.infof("model server is %s, server=%s", found.ready() ? "ready" : "not ready", replica.name());
        }
        replica.look(found);
        onLook.run();
    }

    private record Found(int status, Buffer body) {}

    private Future<Found> get(RequestOptions options) {
        options.setTimeout(timeout.toMillis()).setConnectTimeout(timeout.toMillis());
        Promise<Found> promise = Promise.promise();
        client.request(options)
                .compose(request -> request.send())
                .onSuccess(response -> read(response, promise))
                .onFailure(promise::tryFail);
        return promise.future();
    }

    private static void read(HttpClientResponse response, Promise<Found> promise) {
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
            if (body.length() + piece.length() > MOST_BYTES) {
                var _ = promise.tryFail("a page of more than %d bytes".formatted(MOST_BYTES));
                var _ = response.request().reset();
            } else {
                body.appendBuffer(piece);
            }
        });
        response.exceptionHandler(promise::tryFail);
        response.endHandler(_ -> promise.tryComplete(new Found(response.statusCode(), body)));
    }
}
