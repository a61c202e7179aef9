package quintet.modelserver.api;

import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.model.ModelRef;

/** Requests name the model that they want; there is one. */
final class ModelNames {
    /** What a client says that does not care. */
    private static final String ANY = "default";

    private ModelNames() {}

    static void check(@Nullable String wanted, ModelRef there) {
        if (wanted != null && !wanted.isBlank() && !wanted.equals(ANY) && !wanted.equals(there.name())) {
            throw Failure.notFound(
                    "MODEL_NOT_FOUND", "model is \"%.80s\", this server runs \"%s\"", wanted, there.name());
        }
    }
}
