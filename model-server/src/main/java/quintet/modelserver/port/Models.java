package quintet.modelserver.port;

import java.util.Optional;

/** Where the model comes from. Each is loaded once, by the thread that uses it from then on and closes it in the end. */
public interface Models {
    /**
     * Loads the model that completions come from.
     *
     * @throws ModelUnusableException if it can't be run here
     */
    LanguageModel load();

    /**
     * Loads the small model that guesses ahead, if there is one; its vocabulary is that of {@code target}.
     *
     * @throws ModelUnusableException if it can't be run here, or not with that target
     */
    Optional<LanguageModel> loadDraft(LanguageModel target);
}
