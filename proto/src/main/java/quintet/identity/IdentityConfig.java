package quintet.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Who may call. */
@ConfigMapping(prefix = "quintet.identity")
public interface IdentityConfig {
    /** Keys of callers, as {@link KeyFile} reads them; absent: everybody may call and see everything. */
    Optional<Path> apiKeysFile();

    /** The key, at least 32 characters, by which the services of a suite know each other; needed beside keys of callers. */
    Optional<Path> serviceKeyFile();

    /** For whom this service calls others that decide by the caller what may be seen. */
    @WithDefault("caller")
    ActsFor actsFor();

    /** For whom a service acts. */
    enum ActsFor {
        /** For who asked it: their key is passed on. */
        CALLER,
        /** For itself, by its own key: it sees what all tenants have, and shows none of it to a caller. */
        ITSELF
    }

    /** How often a change of the keys of callers is looked for. */
    @WithDefault("1s")
    Duration reread();
}
