package quintet.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Picks TCP ports that nobody listens on, each only once. */
public final class Ports {
    private static final int HIGHEST = 65_535;
    /** Below the ports that the kernel hands to outgoing connections, so that none of those takes one of ours. */
    private static final int FREE_FROM = 20_000;

    private static final int FREE_TO = 32_000;

    private final Set<Integer> given = new HashSet<>();

    /** The preferred port or the next one above it that is free on the loopback address. */
    public synchronized int preferring(int preferred) {
        for (int port = preferred; port <= HIGHEST; port++) {
            if (!given.contains(port) && isFree("127.0.0.1", port)) {
                given.add(port);
                return port;
            }
        }
        throw new IllegalStateException("No port from " + preferred + " to " + HIGHEST + " is free");
    }

    /** Keeps a port from being picked, whoever is about to listen there. */
    public synchronized int reserve(int port) {
        given.add(port);
        return port;
    }

    /** Any free port. */
    public int any() {
        return preferring(ThreadLocalRandom.current().nextInt(FREE_FROM, FREE_TO));
    }

    /** Tells whether a server could listen there now. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
