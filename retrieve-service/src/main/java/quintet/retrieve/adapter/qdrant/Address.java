package quintet.retrieve.adapter.qdrant;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * Where Qdrant's gRPC answers.
 *
 * @param port 6334 unless the URL names another
 */
record Address(String host, int port, boolean tls) {
    private static final int GRPC_PORT = 6334;
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/]*@");

    /**
     * Reads a URL such as {@code http://qdrant:6334} or {@code https://cluster.example.org:6334}.
     *
     * @throws Failure VECTOR_STORE_UNAVAILABLE if it is none
     */
    static Address of(String url) {
        try {
            URI uri = new URI(url.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean bare = !uri.isOpaque()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (uri.getHost() == null || !bare || !(scheme.equals("http") || scheme.equals("https"))) {
                throw invalid(url, null);
            }
            return new Address(uri.getHost(), uri.getPort() == -1 ? GRPC_PORT : uri.getPort(), scheme.equals("https"));
        } catch (URISyntaxException e) {
            throw invalid(url, e);
        }
    }

    private static Failure invalid(String url, @Nullable Throwable cause) {
        return Failure.unavailable(
                "VECTOR_STORE_UNAVAILABLE",
                "the URL of Qdrant is '%s', must be such as http://qdrant:6334"
                        .formatted(CREDENTIALS.matcher(url).replaceAll("//…@")),
                cause);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
