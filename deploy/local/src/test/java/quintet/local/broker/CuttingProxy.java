package quintet.local.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A proxy in front of a broker that can cut its connections after a number of bytes from the broker. */
final class CuttingProxy implements AutoCloseable {
    private static final int NEVER = Integer.MAX_VALUE;

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private volatile int bytes = NEVER;

    CuttingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Lets connections that come from now on have so many bytes of the broker before they are cut. */
    void cutAfter(int count) {
        bytes = count;
    }

    void heal() {
        bytes = NEVER;
    }

    private void accept() {
        try {
            while (true) {
                connect(door.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            int limit = bytes;
            Thread.ofVirtual().start(() -> copy(client, broker, NEVER));
            Thread.ofVirtual().start(() -> copy(broker, client, limit));
        } catch (ConnectException noBroker) {
            client.close();
        }
    }

    private static void copy(Socket from, Socket to, int limit) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            int left = limit;
            while (left > 0) {
                int read = in.read(buffer, 0, Math.min(buffer.length, left));
                if (read < 0) {
                    return;
                }
                out.write(buffer, 0, read);
                left -= limit == NEVER ? 0 : read;
            }
        } catch (SocketException cut) {
            // By the other direction.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
