package quintet.local.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the JVMs of the suite do with ahead-of-time caches: classes loaded and linked, and profiles of methods, from an earlier run. */
public sealed interface AotMode {
    /** Options for the JVM of a part. */
    List<String> flags(String part);

    /** How long a part may take to get ready. */
    default Duration startTimeout() {
        return Duration.ofMinutes(3);
    }

    /** How long a part may take to stop. It gives its work in flight ten seconds. */
    default Duration stopTimeout() {
        return Duration.ofSeconds(13);
    }

    /** Cache of a name in a folder. */
    static Path cache(Path folder, String name) {
        return folder.resolve(name + ".aot");
    }

    /** Options to use a cache; none if it is not there. One that does not fit any more is ignored, and nobody has to hear of it. */
    static List<String> useFlags(Path cache) {
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
    }

    /** Options to make a cache. */
    static List<String> trainFlags(Path cache) {
        return List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    /** Uses the caches that are there. */
    record Use(Path folder) implements AotMode {
        @Override
        public List<String> flags(String part) {
            return useFlags(cache(folder, part));
        }
    }

    /** Makes them: the JVM writes its cache when it ends. */
    record Train(Path folder) implements AotMode {
        @Override
        public List<String> flags(String part) {
            return trainFlags(cache(folder, part));
        }

        /** A run that is being recorded is several times slower. */
        @Override
        public Duration startTimeout() {
            return Duration.ofMinutes(6);
        }

        /** The cache is written at the end. */
        @Override
        public Duration stopTimeout() {
            return Duration.ofMinutes(6);
        }
    }
}
