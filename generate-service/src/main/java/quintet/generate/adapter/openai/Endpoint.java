package quintet.generate.adapter.openai;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where a model server is.
 *
 * @param name host and port, for people
 * @param path of the API, such as {@code /v1}
 * @param authorization header that proves who asks, if the server wants one
 */
record Endpoint(String name, String host, int port, boolean secure, String path, Optional<String> authorization) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Returns the endpoint at an address that ends with {@code /v1}. */
    static Endpoint of(URI url, Optional<String> key) {
        if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "quintet.generate.model-server.url has %s, must be such as http://host:8000/v1".formatted(url));
        }
        boolean secure = url.getScheme().equals("https");
        int port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS : HTTP;
        String path = String.valueOf(url.getRawPath()).replaceAll("/+$", "");
        return new Endpoint(
                url.getHost() + ":" + port, url.getHost(), port, secure, path, key.map(secret -> "Bearer " + secret));
    }

    /** Returns a request for a path of the API, such as {@code /models}. */
    RequestOptions request(HttpMethod method, String below) {
        return absolute(method, path + below);
    }

    /** Returns a request for a path beside the API, such as {@code /metrics}. */
    RequestOptions beside(HttpMethod method, String other) {
        String root = path.endsWith("/v1") ? path.substring(0, path.length() - 3) : path;
        return absolute(method, root + other);
    }

    private RequestOptions absolute(HttpMethod method, String uri) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(host)
                .setPort(port)
                .setSsl(secure)
                .setURI(uri);
        authorization.ifPresent(value -> options.putHeader("Authorization", value));
        return options;
    }
}
