package quintet.local.suite;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** Stands in for each of the five services: ready at once, answers with the value of the variable that is asked for. */
public final class TinyService {
    private TinyService() {}

    /** Runs until it is stopped. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(System.getenv("QUINTET_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            String variable = exchange.getRequestURI().getQuery();
            byte[] answer =
                    String.valueOf(System.getenv(String.valueOf(variable))).getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }
}
