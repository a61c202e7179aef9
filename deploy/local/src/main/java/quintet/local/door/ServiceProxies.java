package quintet.local.door;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.MediaType;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import quintet.local.part.PartState;
import quintet.local.part.Service;
import quintet.local.part.StatusBoard;

/**
 * A reverse proxy per service over one bounded pool of connections. A caller who leaves takes the work behind the door along: the
 * proxy resets its request to the service.
 */
final class ServiceProxies {
    private static final Logger LOG = Logger.getLogger(ServiceProxies.class.getName());
    private static final String LOOPBACK = "127.0.0.1";
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    /** Connections to each service, and requests that wait for one. */
    private static final int MAX_CONNECTIONS = 128;

    private static final int MAX_WAITING = 128;
    /** What only proxies may say about a caller, and we say nothing. */
    private static final List<String> NOT_PASSED_ON = List.of(
            "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "Expect");

    private final Map<Service, HttpProxy> proxies = new EnumMap<>(Service.class);
    private final StatusBoard board;

    ServiceProxies(Vertx vertx, Routes routes, StatusBoard board, int idleSeconds) {
        this.board = board;
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setIdleTimeout(idleSeconds)
                        .setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
        for (Service service : Service.values()) {
            RequestOptions origin = new RequestOptions().setHost(LOOPBACK).setPort(routes.port(service));
            proxies.put(
                    service,
                    HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                            .origin(_ -> client.request(new RequestOptions(origin)))
                            .addInterceptor(new Translator(service)));
        }
    }

    /** Passes a request on; the response, if need be a problem, is sent to the caller. */
    void forward(Service service, HttpServerRequest request) {
        HttpProxy proxy = proxies.get(service);
        if (proxy != null) {
            proxy.handle(request);
        }
    }

    /** Sends what a service needs to know on its way and turns a service that does not answer into a problem. */
    private final class Translator implements ProxyInterceptor {
        private final Service service;

        private Translator(Service service) {
            this.service = service;
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            HttpServerRequest caller = context.request().proxiedRequest();
            if (caller.authority() != null) {
                // Services make links with the name that the caller used.
                context.request().setAuthority(caller.authority());
            }
            NOT_PASSED_ON.forEach(context.request().headers()::remove);
            return context.sendRequest().recover(thrown -> Future.succeededFuture(answer(context, problem(thrown))));
        }

        private DoorProblem problem(Throwable thrown) {
            LOG.log(Level.FINE, service.label() + " did not answer", thrown);
            String label = service.label();
            return switch (thrown) {
                case ConnectionPoolTooBusyException _ ->
                    DoorProblem.overloaded(label + " has " + MAX_CONNECTIONS + " requests under way and " + MAX_WAITING
                            + " waiting already");
                case ConnectException _ ->
                    DoorProblem.unavailable(label + " is " + state() + "; ./quintet status tells more");
                case TimeoutException _ -> DoorProblem.timeout(label + " did not answer in time");
                default ->
                    DoorProblem.badGateway(
                            label + " broke off before it answered; ./quintet logs " + label + " tells why");
            };
        }

        private String state() {
            PartState state = board.snapshot().stream()
                    .filter(part -> part.name().equals(service.label()))
                    .findFirst()
                    .map(part -> part.state())
                    .orElse(PartState.WAITING);
            return switch (state) {
                case WAITING, STARTING -> "still starting";
                case RESTARTING -> "being started again";
                case STOPPING, STOPPED -> "stopping";
                case READY, FAILED -> "not answering";
            };
        }
    }

    private static ProxyResponse answer(ProxyContext context, DoorProblem problem) {
        ProxyResponse response = context.request().release().response();
        response.setStatusCode(problem.status())
                .setBody(Body.body(Buffer.buffer(problem.json()), MediaType.parse(DoorProblem.MEDIA_TYPE)));
        if (problem.isTransient()) {
            response.putHeader("Retry-After", "1");
        }
        return response;
    }
}
