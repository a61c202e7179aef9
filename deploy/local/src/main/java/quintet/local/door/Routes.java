package quintet.local.door;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import quintet.local.part.Service;

/** Which path belongs to which service, as the Kubernetes ingress has it too. The first rule that fits decides. */
public final class Routes {
    private record Rule(Pattern path, Service service) {}

    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("/v1/collections/[^/]+(/documents(/.*)?|/events|/retry)?"), Service.INGEST),
            new Rule(Pattern.compile("/v1/reconcile"), Service.INGEST),
            new Rule(Pattern.compile("/v1/embeddings"), Service.EMBED),
            new Rule(Pattern.compile("/.+/search"), Service.RETRIEVE),
            new Rule(Pattern.compile("/v1/collections/[^/]+/(index|searches/.*)"), Service.RETRIEVE),
            new Rule(Pattern.compile("/v1/collections(/.*)?"), Service.INGEST),
            new Rule(Pattern.compile("/v1/(rerank|compress)"), Service.RERANK),
            new Rule(Pattern.compile("/.*"), Service.GENERATE));
    private static final Pattern HIDDEN = Pattern.compile("/q(/.*)?");
    private static final Pattern ENCODED_SEPARATOR = Pattern.compile("%(2f|5c|00)");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(/|$)");

    private final Map<Service, Integer> ports;

    /** Routes to services by their ports on the loopback address. */
    public Routes(Map<Service, Integer> ports) {
        this.ports = Map.copyOf(ports);
    }

    /** Port of a service. */
    int port(Service service) {
        return ports.getOrDefault(service, service.preferredPort());
    }

    /**
     * Finds the way of a request.
     *
     * @param rawPath the path as it was sent, without the query
     */
    static Route find(String rawPath) {
        if (!rawPath.startsWith("/")) {
            return new Route.Ambiguous("it does not begin with /");
        }
        if (ENCODED_SEPARATOR.matcher(rawPath.toLowerCase(Locale.ROOT)).find()) {
            return new Route.Ambiguous("it has an encoded separator");
        }
        String path;
        try {
            path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return new Route.Ambiguous("its percent encoding is broken");
        }
        if (path.contains("//")
                || path.contains("\\")
                || DOT_SEGMENT.matcher(path).find()) {
            return new Route.Ambiguous("it has an empty segment, a dot segment or a backslash");
        }
        if (HIDDEN.matcher(path).matches()) {
            return new Route.Hidden();
        }
        return RULES.stream()
                .filter(rule -> rule.path().matcher(path).matches())
                .findFirst()
                .<Route>map(rule -> new Route.To(rule.service()))
                .orElseThrow();
    }
}
