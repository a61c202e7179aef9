package quintet.local.plan.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that is known by name.
 *
 * @param name of its repository on Hugging Face
 * @param aliases shorter names
 * @param source where its {@code config.json} is
 * @param parameters what the index of its checkpoint counts
 * @param checkpoints repositories of ready quantized checkpoints, by method
 * @param eagle its EAGLE head, as {@code method} and {@code model}; empty where none is known
 */
public record CatalogueModel(
        String name,
        List<String> aliases,
        String source,
        long parameters,
        Map<String, String> checkpoints,
        Map<String, String> eagle,
        ModelShape shape) {
    public CatalogueModel {
        aliases = List.copyOf(aliases);
        checkpoints = Map.copyOf(checkpoints);
        eagle = Map.copyOf(eagle);
    }

    /** The repository of a checkpoint that is quantized by {@code method}. */
    public Optional<String> checkpoint(Quantization.Method method) {
        return Optional.ofNullable(checkpoints.get(method.word()));
    }

    /** The shortest name. */
    public String shortName() {
        return aliases.isEmpty() ? name : aliases.getFirst();
    }

    boolean isCalled(String word) {
        return name.equalsIgnoreCase(word)
                || name.substring(name.indexOf('/') + 1).equalsIgnoreCase(word)
                || aliases.stream().anyMatch(word::equalsIgnoreCase);
    }
}
