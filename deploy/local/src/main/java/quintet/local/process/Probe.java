package quintet.local.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Tells whether a process is ready; called again and again until it is. */
@FunctionalInterface
public interface Probe {
    /** Looks once, quickly. */
    boolean isReady();

    /** Ready when a GET of this address is answered with 200. */
    static Probe http(URI address) {
        return () -> {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) address.toURL().openConnection();
                connection.setConnectTimeout(500);
                connection.setReadTimeout(3_000);
                try {
                    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
                } finally {
                    connection.disconnect();
                }
            } catch (IOException _) {
                return false;
            }
        };
    }
}
