package quintet.local.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads {@code deploy/kustomize} for tests, as far as they need it. */
final class Kustomizations {
    static final Path ROOT = Path.of("../kustomize").toAbsolutePath().normalize();
    static final Path COMPONENTS = ROOT.resolve("components");
    static final Path BASES = ROOT.resolve("base");
    static final Path OVERLAYS = ROOT.resolve("overlays");

    private Kustomizations() {}

    static List<Path> folders(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a file; keys that are there twice are refused. */
    static List<Map<String, Object>> documents(Path file) {
        return documents(read(file));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return Stream.of(new Yaml(new SafeConstructor(options)).loadAll(text))
                .flatMap(all -> {
                    Stream.Builder<Map<String, Object>> documents = Stream.builder();
                    all.forEach(document -> documents.add((Map<String, Object>) document));
                    return documents.build();
                })
                .toList();
    }

    static Map<String, Object> kustomization(Path folder) {
        return documents(folder.resolve("kustomization.yaml")).getFirst();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<String> strings(Map<String, Object> node, String key) {
        return (List<String>) node.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Map<String, Object> node, String key) {
        return (List<Map<String, Object>>) node.getOrDefault(key, List.of());
    }

    /** The arguments of the model server, components merged in their order. */
    static Map<String, String> arguments(Path folder) {
        Map<String, String> merged = new LinkedHashMap<>();
        Map<String, Object> kustomization = kustomization(folder);
        for (String component : strings(kustomization, "components")) {
            merged.putAll(arguments(folder.resolve(component).normalize()));
        }
        merged.putAll(literals(kustomization));
        return merged;
    }

    static Map<String, String> literals(Map<String, Object> kustomization) {
        Map<String, String> literals = new LinkedHashMap<>();
        for (Map<String, Object> generator : maps(kustomization, "configMapGenerator")) {
            if ("vllm-arguments".equals(generator.get("name"))) {
                for (String literal : strings(generator, "literals")) {
                    int split = literal.indexOf('=');
                    literals.put(literal.substring(0, split), literal.substring(split + 1));
                }
            }
        }
        return literals;
    }
}
