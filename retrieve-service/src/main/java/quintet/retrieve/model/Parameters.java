package quintet.retrieve.model;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parameters that were given for an {@link IndexKind}, each taken once. */
final class Parameters {
    private final Map<String, Integer> rest;

    Parameters(Map<String, Integer> given) {
        rest = new HashMap<>(given);
    }

    int take(String name, int otherwise) {
        @Nullable Integer value = rest.remove(name);
        return value == null ? otherwise : value;
    }

    /** Refuses parameters that the kind does not have. */
    void requireAllTaken(IndexKind kind) {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("%s has no parameter %s, must be among %s"
                    .formatted(
                            kind.name(),
                            new TreeSet<>(rest.keySet()).getFirst(),
                            kind.parameters().keySet()));
        }
    }
}
