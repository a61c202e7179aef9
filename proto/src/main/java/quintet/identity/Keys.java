package quintet.identity;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * The keys that this process accepts. The keys of callers are read again when their file changes; a change that can not be read
 * leaves those that were read before, and is logged until it can. At the start it ends the process instead.
 */
@Startup
@ApplicationScoped
public class Keys {
    private static final Logger LOG = Logger.getLogger(Keys.class);
    private static final int MIN_SERVICE_KEY = 32;
    private static final String BEARER = "bearer ";

    private final @Nullable Path file;
    private final @Nullable String service;
    private final Runnable stop;
    private volatile @Nullable KeyFile keys;
    private volatile @Nullable Stamp read;

    /** Tells a file that was changed from what it was. */
    private record Stamp(FileTime changed, long bytes) {
        static Stamp of(Path file) throws IOException {
            return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    @Inject
    Keys(IdentityConfig config, Vertx vertx) throws IOException {
        file = config.apiKeysFile().orElse(null);
        service = file == null ? null : serviceKey(config.serviceKeyFile());
        if (file == null) {
            stop = () -> {};
            return;
        }
        read(file);
        long timer = vertx.setPeriodic(config.reread().toMillis(), _ -> {
            var _ = vertx.executeBlocking(() -> {
                rereadIfChanged();
                return true;
            });
        });
        stop = () -> {
            var _ = vertx.cancelTimer(timer);
        };
    }

    private static String serviceKey(Optional<Path> file) throws IOException {
        String key = Files.readString(file.orElseThrow(() -> new IllegalArgumentException(
                        "QUINTET_API_KEYS_FILE is set, so QUINTET_SERVICE_KEY_FILE must be too")))
                .strip();
        if (key.length() < MIN_SERVICE_KEY) {
            throw new IllegalArgumentException("the service key has %d characters, must have at least %d"
                    .formatted(key.length(), MIN_SERVICE_KEY));
        }
        return key;
    }

    private void read(Path from) throws IOException {
        // What is written while it is read is another stamp afterwards.
        Stamp before = Stamp.of(from);
        keys = KeyFile.parse(Files.readAllLines(from));
        read = before;
    }

    /** Reads the file again if it is another one. Blocking. */
    private void rereadIfChanged() {
        Path from = file;
        if (from == null) {
            return;
        }
        try {
            if (!Stamp.of(from).equals(read)) {
                read(from);
                LOG.infof("the keys of callers were read again");
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf("the keys of callers can not be read, those before stay: %s", e.getMessage());
        }
    }

    /** Returns whether callers need a key. */
    boolean required() {
        return file != null;
    }

    /** Returns the key by which this service is known to the others, if callers need keys. */
    Optional<String> service() {
        return Optional.ofNullable(service);
    }

    /**
     * Returns who comes with a credential.
     *
     * @param authorization the value of the header, {@code Bearer KEY}
     * @throws Failure UNAUTHENTICATED, reason KEY_REQUIRED or KEY_UNKNOWN
     */
    Caller authenticate(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Failure.unauthenticated("KEY_REQUIRED", "the request has no key, send 'Authorization: Bearer KEY'");
        }
        String key = authorization.substring(BEARER.length()).strip();
        String mine = service;
        if (mine != null && MessageDigest.isEqual(KeyFile.sha256(mine), KeyFile.sha256(key))) {
            return new Caller.Service();
        }
        KeyFile known = keys;
        return Optional.ofNullable(known)
                .flatMap(all -> all.find(key))
                .map(identity -> (Caller) new Caller.User(identity, authorization))
                .orElseThrow(
                        () -> Failure.unauthenticated("KEY_UNKNOWN", "the request has a key that nobody was given"));
    }

    @PreDestroy
    void close() {
        stop.run();
    }
}
