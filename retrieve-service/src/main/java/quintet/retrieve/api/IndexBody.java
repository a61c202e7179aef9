package quintet.retrieve.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.IndexKind;

/**
 * The body of {@code PUT /v1/collections/{collection}/index}.
 *
 * @param kind one of {@link IndexKind#NAMES}
 * @param parameters by their names in the literature; those that are left out have their defaults
 */
public record IndexBody(@Nullable String kind, @Nullable Map<String, Integer> parameters) {
    /** Returns the kind that the body stands for. */
    IndexKind toModel() {
        if (kind == null) {
            throw Failure.invalidInput(
                    "INVALID_INDEX", "kind is missing, must be one of %s", String.join(", ", IndexKind.NAMES));
        }
        Map<String, Integer> given = parameters == null ? Map.of() : parameters;
        for (Map.Entry<String, Integer> each : given.entrySet()) {
            if (each.getValue() == null) {
                throw Failure.invalidInput("INVALID_INDEX", "%s is null, must be a number", each.getKey());
            }
        }
        try {
            return IndexKind.of(kind, given);
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput("INVALID_INDEX", "%s", String.valueOf(e.getMessage()));
        }
    }
}
