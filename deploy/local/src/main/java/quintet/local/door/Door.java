package quintet.local.door;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.local.part.Part;
import quintet.local.part.PartFailedException;
import quintet.local.part.PartState;
import quintet.local.part.StatusBoard;
import quintet.local.process.PortOwner;

/** The front door: one port, which routes by path to the services and streams both ways. */
public final class Door implements Part {
    /** Name of the part. */
    public static final String NAME = "door";

    private static final Logger LOG = Logger.getLogger(Door.class.getName());
    /** Requests under way at once; more are refused. */
    private static final int MAX_REQUESTS = 512;
    /** A connection on which nothing moves either way for so long is closed. */
    private static final int IDLE_SECONDS = 300;

    private static final long DRAIN_SECONDS = 5;

    private final String host;
    private final int port;
    private final Routes routes;
    private final CallerRules callers;
    private final StatusBoard board;
    private final AtomicInteger underWay = new AtomicInteger();
    private @Nullable Vertx vertx;
    private @Nullable HttpServer server;

    /** Doesn't listen yet. */
    public Door(String host, int port, Routes routes, CallerRules callers, StatusBoard board) {
        this.host = host;
        this.port = port;
        this.routes = routes;
        this.callers = callers;
        this.board = board;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized void start() throws PartFailedException, InterruptedException {
        board.update(
                NAME,
                status -> status.in(PartState.STARTING, "")
                        .withPid(ProcessHandle.current().pid()));
        Vertx starting = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        vertx = starting;
        ServiceProxies proxies = new ServiceProxies(starting, routes, board, IDLE_SECONDS);
        Future<HttpServer> listening = starting.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setHttp2ClearTextEnabled(false)
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(request -> handle(request, proxies))
                .listen();
        try {
            server = listening.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            String reason = "port " + port + " of " + host + " can't be opened: "
                    + PortOwner.describe(port)
                            .map(owner -> owner + " listens there")
                            .orElse(String.valueOf(e.getCause()));
            board.update(NAME, status -> status.in(PartState.FAILED, reason));
            throw new PartFailedException("The door: " + reason, e);
        }
        board.update(NAME, status -> status.in(PartState.READY, ""));
    }

    @Override
    public synchronized void stop() {
        HttpServer listening = server;
        if (listening != null) {
            board.update(NAME, status -> status.in(PartState.STOPPING, ""));
            await(listening.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS));
        }
        Vertx running = vertx;
        if (running != null) {
            await(running.close());
            board.update(NAME, status -> status.in(PartState.STOPPED, "").withPid(0));
        }
        server = null;
        vertx = null;
    }

    /** Requests that have neither been answered nor given up. */
    int requestsUnderWay() {
        return underWay.get();
    }

    private void handle(HttpServerRequest request, ServiceProxies proxies) {
        Optional<DoorProblem> refused = callers.check(
                request.method().name(),
                request.getHeader("Host"),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"));
        if (refused.isPresent()) {
            refuse(request, refused.get());
            return;
        }
        String path = path(request);
        switch (Routes.find(path)) {
            case Route.Ambiguous ambiguous ->
                refuse(
                        request,
                        DoorProblem.badRequest(
                                "INVALID_PATH", "The path \"" + path + "\" is refused: " + ambiguous.problem()));
            case Route.Hidden _ -> refuse(request, DoorProblem.notFound("There is nothing at \"" + path + "\""));
            case Route.To to -> {
                if (underWay.incrementAndGet() > MAX_REQUESTS) {
                    underWay.decrementAndGet();
                    refuse(request, DoorProblem.overloaded(MAX_REQUESTS + " requests are under way already"));
                    return;
                }
                atTheEnd(request.response(), underWay::decrementAndGet);
                proxies.forward(to.service(), request);
            }
        }
    }

    /** Runs once, however the response ends. */
    private static void atTheEnd(HttpServerResponse response, Runnable action) {
        response.endHandler(_ -> action.run());
    }

    /** The path exactly as it was sent: {@link HttpServerRequest#path} already interprets it. */
    private static String path(HttpServerRequest request) {
        String uri = request.uri();
        int end = uri.indexOf('?');
        return end < 0 ? uri : uri.substring(0, end);
    }

    private static void refuse(HttpServerRequest request, DoorProblem problem) {
        HttpServerResponse response = request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", DoorProblem.MEDIA_TYPE)
                // What is left of the body is not read.
                .putHeader("Connection", "close");
        if (problem.isTransient()) {
            response.putHeader("Retry-After", "1");
        }
        response.end(problem.json()).onFailure(e -> LOG.log(Level.FINE, "The caller left", e));
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS + 5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "The door did not close in time", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
