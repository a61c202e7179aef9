package quintet.encoder.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quintet.encoder.model.ModelCache;

/**
 * Unpacks ONNX Runtime's native libraries once. ONNX Runtime itself unpacks its 28 MB into a new temporary folder at each start,
 * which takes a fifth of a second, and leaves it behind when the process is killed.
 */
final class NativeLibraries {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final String TAKEN_PROPERTY = "quintet.onnxruntime.native.taken";

    private static boolean decided;

    private NativeLibraries() {}

    /** Points ONNX Runtime to libraries in the cache; does nothing where it has a path already or an unknown layout. */
    static synchronized void unpack(ModelCache cache) {
        if (decided) {
            return;
        }
        decided = true;
        if (System.getProperty(TAKEN_PROPERTY) != null) {
            // A library file belongs to one class loader, and another one of this process has it: this one unpacks its
            // own.
            System.clearProperty(PATH_PROPERTY);
            return;
        }
        String version = version();
        String platform = platform();
        if (System.getProperty(PATH_PROPERTY) != null || version == null || platform == null) {
            return;
        }
        String runtime = resource(platform, "onnxruntime");
        String binding = resource(platform, "onnxruntime4j_jni");
        if (!exists(runtime) || !exists(binding) || exists(resource(platform, "onnxruntime_providers_shared"))) {
            return;
        }
        String folder = "onnxruntime-" + version + "-" + platform + "/";
        var _ = copy(cache, folder, runtime);
        Path copied = copy(cache, folder, binding).toAbsolutePath();
        System.setProperty(PATH_PROPERTY, String.valueOf(copied.getParent()));
        System.setProperty(TAKEN_PROPERTY, "true");
    }

    /** Returns the version of the library and the platform, for the names of files that hold for these only. */
    static @Nullable String fingerprint() {
        String version = version();
        String platform = platform();
        return version == null || platform == null ? null : version + "-" + platform;
    }

    private static Path copy(ModelCache cache, String folder, String resource) {
        return cache.copy(folder + resource.substring(resource.lastIndexOf('/') + 1), () -> {
            InputStream in = OrtEnvironment.class.getResourceAsStream(resource);
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return in;
        });
    }

    private static boolean exists(String resource) {
        return OrtEnvironment.class.getResource(resource) != null;
    }

    private static String resource(String platform, String library) {
        return "/ai/onnxruntime/native/" + platform + "/" + System.mapLibraryName(library);
    }

    private static @Nullable String version() {
        return OrtEnvironment.class.getPackage().getImplementationVersion();
    }

    private static @Nullable String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "");
        String system =
                os.contains("linux") ? "linux" : os.contains("mac") ? "osx" : os.contains("windows") ? "win" : null;
        String processor = switch (architecture) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "aarch64";
            default -> null;
        };
        return system == null || processor == null ? null : system + "-" + processor;
    }
}
