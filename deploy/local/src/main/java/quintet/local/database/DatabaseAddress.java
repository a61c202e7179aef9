package quintet.local.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where PostgreSQL is and who may in.
 *
 * @param jdbcUrl as its JDBC driver wants it, without user and password
 * @param username role
 * @param password empty if none is needed
 */
public record DatabaseAddress(String jdbcUrl, String username, String password) {
    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads {@code postgresql://user:password@host:port/database?options}.
     *
     * @throws IllegalArgumentException with a sentence for the user, which does not repeat the password
     */
    public static DatabaseAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The PostgreSQL address is no URI: " + e.getReason(), e);
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!(scheme.equals("postgresql") || scheme.equals("postgres")) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "The PostgreSQL address must look like postgresql://user:password@host:5432/database");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().length() < 2 ? "/quintet" : uri.getRawPath();
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String[] user = (uri.getRawUserInfo() == null ? "quintet" : uri.getRawUserInfo()).split(":", 2);
        return new DatabaseAddress(
                "jdbc:postgresql://" + uri.getHost() + ":" + port + path + query,
                decode(user[0]),
                user.length == 2 ? decode(user[1]) : "");
    }

    /** The variables that ingest reads. */
    public Map<String, String> environment() {
        return Map.of(
                "QUINTET_POSTGRES_URL", jdbcUrl,
                "QUINTET_POSTGRES_USERNAME", username,
                "QUINTET_POSTGRES_PASSWORD", password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return username + " at " + jdbcUrl;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
