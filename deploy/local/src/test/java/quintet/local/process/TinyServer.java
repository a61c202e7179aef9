package quintet.local.process;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** A process to try supervision on: answers every request, on the port it is told, with its pid; {@code fail} ends at once. */
public final class TinyServer {
    private TinyServer() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("fail")) {
            System.out.println("there is no configuration");
            System.exit(3);
        }
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes();
            exchange.sendResponseHeaders(200, pid.length);
            exchange.getResponseBody().write(pid);
            exchange.close();
        });
        server.start();
        System.out.println("listening on " + args[0]);
    }
}
