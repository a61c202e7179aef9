package quintet.local.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The comparison of what is stored with what searches find. */
public final class Reconciliation {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final Api api;

    /** Behind a front door. */
    public Reconciliation(URI door) {
        this.api = new Api(door);
    }

    /** Compares, repairs and returns the report. */
    public JsonNode run(Map<String, String> parameters) throws ApiException, InterruptedException {
        String query = parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        HttpRequest request = api.request("/v1/reconcile" + (parameters.isEmpty() ? "" : query))
                .timeout(TIMEOUT)
                .POST(BodyPublishers.noBody())
                .build();
        return api.send(request).body();
    }
}
