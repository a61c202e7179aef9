package quintet.local.door;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of strangers out. There is no password at the door, so a page that a user happens to visit must neither reach it
 * under a name of its own (DNS rebinding: the {@code Host} gives it away) nor send it changes from elsewhere (the {@code Origin}
 * does).
 */
public final class CallerRules {
    private static final Set<String> HARMLESS_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern IP_LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private final Set<String> names;
    private final boolean anyAddress;

    /**
     * Rules for a door.
     *
     * @param host what it listens on
     * @param allowed further names by which it may be called
     */
    public CallerRules(String host, List<String> allowed) {
        this.names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        this.anyAddress = Set.of("0.0.0.0", "::", "[::]").contains(host);
        names.add(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : lower(host));
        allowed.forEach(name -> names.add(lower(name)));
        if (anyAddress) {
            ownName().ifPresent(names::add);
        }
    }

    /**
     * Says what is wrong with a caller, if anything is.
     *
     * @param host the {@code Host} header
     * @param origin the {@code Origin} header, which browsers send with everything that may change something
     * @param fetchSite the {@code Sec-Fetch-Site} header, which newer browsers send with everything
     */
    Optional<DoorProblem> check(
            String method, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
        if (host == null || !isOurs(host)) {
            return Optional.of(DoorProblem.forbidden(
                    "HOST_NOT_ALLOWED",
                    "The host \"" + host + "\" is none of " + names
                            + "; allow it with ./quintet up --allow-host if it is yours"));
        }
        if (HARMLESS_METHODS.contains(method)) {
            return Optional.empty();
        }
        boolean foreign = origin == null
                ? "cross-site".equals(fetchSite) || "same-site".equals(fetchSite)
                : !authority(origin).equals(Optional.of(withoutDefaultPort(host)));
        return foreign
                ? Optional.of(DoorProblem.forbidden(
                        "CROSS_ORIGIN",
                        "The page \"" + (origin == null ? "of another site" : origin)
                                + "\" may not send requests that can change something to \"" + host + "\""))
                : Optional.empty();
    }

    private boolean isOurs(String host) {
        String name = lower(host).replaceFirst(":\\d+$", "");
        return names.contains(name) || (anyAddress && IP_LITERAL.matcher(name).matches());
    }

    private static Optional<String> authority(String origin) {
        try {
            URI uri = new URI(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getRawAuthority() != null
                    ? Optional.of(withoutDefaultPort(uri.getRawAuthority()))
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static String withoutDefaultPort(String authority) {
        return lower(authority).replaceFirst(":(80|443)$", "");
    }

    private static Optional<String> ownName() {
        try {
            return Optional.of(lower(InetAddress.getLocalHost().getHostName()));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
