package quintet.generate.adapter.openai;

import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Completion;
import quintet.generate.port.ModelReplica.Patience;

/**
 * One request and its streamed response. Everything happens on one Vert.x context. The response is read a piece at a time and only
 * while somebody asks for what is in it, so that a slow reader slows down the server and not our memory; cancelling closes the
 * connection at once, by which the server knows.
 */
final class CompletionExchange implements Subscription {
    private static final int OK = 200;

    /** A server that has said it is done has this long to end its response, so that the connection can be used again. */
    private static final long LINGER_MS = 1000;

    private final Context context;
    private final MultiSubscriber<? super Completion> downstream;
    private final Endpoint endpoint;
    private final Patience patience;
    private final SseParser parser;
    private final ChunkReader reader;
    private final ArrayDeque<Completion> ready = new ArrayDeque<>();
    private long wanted;
    private boolean fetching;
    private boolean draining;
    private boolean ended;
    private boolean over;
    private boolean begun;
    private long quietSinceNanos = System.nanoTime();
    private long timer = -1;
    private @Nullable Failure broken;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;

    CompletionExchange(
            Context context,
            MultiSubscriber<? super Completion> downstream,
            Endpoint endpoint,
            Patience patience,
            int maxEventSize) {
        this.context = context;
        this.downstream = downstream;
        this.endpoint = endpoint;
        this.patience = patience;
        this.reader = new ChunkReader(ready::add);
        this.parser = new SseParser(maxEventSize, this::event);
    }

    /** Sends the request. */
    void begin(HttpClient client, Buffer body) {
        onContext(() -> {
            watch(patience.first().toMillis());
            RequestOptions options = endpoint.request(HttpMethod.POST, "/chat/completions")
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Accept", "text/event-stream");
            client.request(options).onSuccess(open -> send(open, body)).onFailure(thrown -> fail(unreachable(thrown)));
        });
    }

    private void send(HttpClientRequest open, Buffer body) {
        if (over) {
            var _ = open.reset();
            return;
        }
        request = open;
        open.send(body).onSuccess(this::respond).onFailure(thrown -> fail(brokenOff(thrown)));
    }

    private void respond(HttpClientResponse head) {
        if (over) {
            return;
        }
        if (head.statusCode() != OK) {
            new ErrorResponse(head).read(this::fail);
            return;
        }
        response = head;
        head.pause();
        head.handler(this::bytes);
        head.endHandler(_ -> end());
        head.exceptionHandler(thrown -> breakOff(brokenOff(thrown)));
        drain();
    }

    private void bytes(Buffer piece) {
        fetching = false;
        if (over || ended || broken != null) {
            return;
        }
        try {
            parser.feed(piece.getBytes());
            if (reader.done()) {
                finish();
            }
        } catch (Failure failure) {
            breakOff(failure);
            return;
        }
        drain();
    }

    private void event(byte[] data, int length) {
        quietSinceNanos = System.nanoTime();
        begun = true;
        if (!reader.done()) {
            reader.read(data, length);
        }
    }

    private void end() {
        HttpClientResponse whole = response;
        response = null;
        request = null;
        if (over || ended || broken != null || whole == null) {
            return;
        }
        try {
            finish();
        } catch (Failure failure) {
            breakOff(failure);
            return;
        }
        drain();
    }

    /** Fails once what came before has been passed on. */
    private void breakOff(Failure failure) {
        if (!over && !ended && broken == null) {
            broken = failure;
            reset();
            drain();
        }
    }

    private void finish() {
        ready.add(reader.finished());
        ended = true;
        HttpClientResponse rest = response;
        if (rest != null) {
            rest.resume();
            var _ = context.owner().setTimer(LINGER_MS, _ -> reset());
        }
    }

    /** Passes on what was asked for, and asks the server for more only once that is not enough. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (wanted > 0 && !over && !ready.isEmpty()) {
            if (wanted != Long.MAX_VALUE) {
                wanted--;
            }
            downstream.onItem(ready.remove());
        }
        draining = false;
        if (over || !ready.isEmpty()) {
            return;
        }
        if (broken != null) {
            fail(broken);
        } else if (ended) {
            stop();
            downstream.onCompletion();
        } else if (wanted > 0 && response != null && !fetching) {
            fetching = true;
            response.fetch(1);
        }
    }

    @Override
    public void request(long n) {
        onContext(() -> {
            if (n <= 0) {
                fail(new IllegalArgumentException("%d items are requested, must be at least 1".formatted(n)));
                return;
            }
            if (wanted == 0) {
                quietSinceNanos = System.nanoTime();
            }
            wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
            drain();
        });
    }

    @Override
    public void cancel() {
        onContext(() -> {
            if (!over) {
                stop();
                reset();
            }
        });
    }

    private void fail(Throwable failure) {
        if (!over) {
            stop();
            reset();
            downstream.onFailure(failure);
        }
    }

    private void stop() {
        over = true;
        ready.clear();
        if (timer >= 0) {
            context.owner().cancelTimer(timer);
        }
    }

    /** Closes the connection, unless the response has been read to its end. */
    private void reset() {
        HttpClientRequest open = request;
        request = null;
        response = null;
        if (open != null) {
            var _ = open.reset();
        }
    }

    /** Looks after so long whether the server has been quiet all the time. One timer at a time, however many tokens come. */
    private void watch(long millis) {
        timer = context.owner().setTimer(Math.max(1, millis), _ -> {
            timer = -1;
            if (over) {
                return;
            }
            long bound = (begun ? patience.between() : patience.first()).toNanos();
            // While nobody asks, the server is not to blame.
            boolean asked = wanted > 0 || !begun;
            long left = asked ? bound - (System.nanoTime() - quietSinceNanos) : bound;
            if (left <= 0) {
                fail(stalled());
            } else {
                watch(left / 1_000_000 + 1);
            }
        });
    }

    private void onContext(Runnable work) {
        // A worker has the context of its event loop too, but not its thread.
        if (Context.isOnEventLoopThread() && context.equals(Vertx.currentContext())) {
            work.run();
        } else {
            context.runOnContext(_ -> work.run());
        }
    }

    private Failure stalled() {
        return Failure.unavailable(
                "MODEL_SERVER_UNAVAILABLE",
                "the model server sent no %s token for %d ms"
                        .formatted(
                                begun ? "further" : "first",
                                (begun ? patience.between() : patience.first()).toMillis()),
                null);
    }

    private Failure unreachable(Throwable thrown) {
        return Failure.unavailable(
                "MODEL_SERVER_UNAVAILABLE",
                "the model server %s can not be reached".formatted(endpoint.name()),
                thrown);
    }

    private Failure brokenOff(Throwable thrown) {
        return Failure.unavailable(
                "MODEL_SERVER_UNAVAILABLE", "the model server broke off before the end of the answer", thrown);
    }
}
