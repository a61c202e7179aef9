package quintet.local.plan.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import quintet.failure.Failure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The models known by name: well-known open ones, in the shape of their {@code config.json}. */
public final class ModelCatalogue {
    private static final String FOLDER = "/quintet/local/plan/";

    private final List<CatalogueModel> models;

    private ModelCatalogue(List<CatalogueModel> models) {
        this.models = List.copyOf(models);
    }

    /** Reads the resources. */
    public static ModelCatalogue load() {
        List<CatalogueModel> models = new ArrayList<>();
        for (JsonNode entry : resource("models.json").path("models")) {
            String name = entry.path("name").asString("");
            models.add(new CatalogueModel(
                    name,
                    entry.path("aliases").valueStream().map(JsonNode::asString).toList(),
                    entry.path("source").asString(""),
                    entry.path("parameters").asLong(),
                    strings(entry.path("checkpoints")),
                    strings(entry.path("eagle")),
                    ModelReader.read(
                            name, resource("models/" + entry.path("config").asString("")))));
        }
        return new ModelCatalogue(models);
    }

    /** All of them, in the order of the resource. */
    public List<CatalogueModel> models() {
        return models;
    }

    /** Finds a model by the name of its repository, with or without its owner, or by a shorter name. */
    public Optional<CatalogueModel> find(String name) {
        return models.stream().filter(model -> model.isCalled(name)).findFirst();
    }

    /** Returns the model of that name, or fails naming all. */
    public CatalogueModel get(String name) {
        return find(name)
                .orElseThrow(() -> Failure.invalidInput(
                        "UNKNOWN_MODEL",
                        "There is no file %s and no known model of that name. Give the path of its config.json, or one of %s",
                        name,
                        models.stream().map(CatalogueModel::shortName).collect(Collectors.joining(", "))));
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> strings.put(field.getKey(), field.getValue().asString("")));
        return strings;
    }

    private static JsonNode resource(String name) {
        try (InputStream in = ModelCatalogue.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + FOLDER + name + " is missing");
            }
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
