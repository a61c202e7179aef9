package quintet.mock;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.BiConsumer;

/** One completion that follows its script. On the event loop of its connection. */
final class ScriptedCompletion implements Runnable {
    /** How a completion ended. */
    enum End {
        COMPLETED,
        BROKEN,
        CANCELLED
    }

    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Script script;
    private final boolean streamed;
    private final int promptTokens;
    private final long arrivedNanos;
    private final Runnable onToken;
    private final BiConsumer<ScriptedCompletion, End> onEnd;
    private final StringBuilder text = new StringBuilder();
    private long timer = NO_TIMER;
    private long dueNanos;
    private int sent;
    private boolean over;

    ScriptedCompletion(
            Vertx vertx,
            HttpServerResponse response,
            Script script,
            boolean streamed,
            int promptTokens,
            Runnable onToken,
            BiConsumer<ScriptedCompletion, End> onEnd) {
        this.vertx = vertx;
        this.response = response;
        this.script = script;
        this.streamed = streamed;
        this.promptTokens = promptTokens;
        this.arrivedNanos = System.nanoTime();
        this.onToken = onToken;
        this.onEnd = onEnd;
        response.exceptionHandler(_ -> {});
        response.closeHandler(_ -> end(End.CANCELLED));
    }

    int sent() {
        return sent;
    }

    /** Sends headers, as servers do while a request still waits for its turn. */
    void open() {
        if (streamed && !(script.fault() instanceof Fault.Mute)) {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
            var _ = response.writeHead();
        }
    }

    /** Begins, once there is a slot. */
    @Override
    public void run() {
        if (script.fault() instanceof Fault.Mute) {
            return;
        }
        dueNanos = System.nanoTime() + script.firstToken().toNanos();
        next();
    }

    /** Goes on when the next token is due, and not before the client has read what was sent. */
    private void next() {
        timer = NO_TIMER;
        while (!over) {
            if (sent == script.fault().tokens()) {
                fail();
                return;
            }
            if (response.writeQueueFull()) {
                var _ = response.drainHandler(_ -> next());
                return;
            }
            if (sent > 0 && sent >= script.tokens().size()) {
                finish();
                return;
            }
            long waitNanos = dueNanos - System.nanoTime();
            if (waitNanos > 0) {
                timer = vertx.setTimer(Math.max(1, (waitNanos + 999_999) / 1_000_000), _ -> next());
                return;
            }
            if (script.tokens().isEmpty()) {
                finish();
                return;
            }
            token();
            dueNanos = System.nanoTime() + script.between().toNanos();
        }
    }

    private void token() {
        String token = script.stamped()
                ? new Stamp(System.nanoTime(), arrivedNanos).token()
                : script.tokens().get(sent);
        sent++;
        onToken.run();
        if (streamed) {
            var _ = response.write(Chunks.token(token));
        } else {
            text.append(token);
        }
    }

    private void fail() {
        switch (script.fault()) {
            case Fault.Stall _ -> {
                // Holds its slot until the client leaves.
            }
            case Fault.Die _ -> {
                var _ = vertx.setTimer(flush().toMillis(), _ -> response.reset());
                end(End.BROKEN);
            }
            case Fault.BreakOff _ -> {
                end(End.BROKEN);
                var _ = response.end();
            }
            case Fault.SayError(int _, String message) -> {
                end(End.BROKEN);
                var _ = response.end(Chunks.error(message));
            }
            case Fault.None _, Fault.Refuse _, Fault.Mute _ -> throw new IllegalStateException("no fault of a stream");
        }
    }

    /** A connection that is reset at once takes along what was just written. */
    private static Duration flush() {
        return Duration.ofMillis(20);
    }

    private void finish() {
        end(End.COMPLETED);
        if (streamed) {
            var _ = response.write(Chunks.finish(script.finishReason()));
            var _ = response.write(Chunks.usage(promptTokens, sent));
            var _ = response.end(Chunks.DONE);
        } else {
            var _ = response.putHeader("Content-Type", "application/json")
                    .end(Chunks.whole(text.toString(), script.finishReason(), promptTokens, sent));
        }
    }

    private void end(End how) {
        if (!over) {
            over = true;
            if (timer != NO_TIMER) {
                vertx.cancelTimer(timer);
            }
            onEnd.accept(this, how);
        }
    }
}
