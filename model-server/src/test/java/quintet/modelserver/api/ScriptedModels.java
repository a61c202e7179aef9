package quintet.modelserver.api;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import quintet.modelserver.port.LanguageModel;
import quintet.modelserver.port.Models;
import quintet.modelserver.port.ScriptedModel;

/** The model behind the edges in tests: no native code. */
@Mock
@ApplicationScoped
class ScriptedModels implements Models {
    @Override
    public LanguageModel load() {
        return new ScriptedModel(4096, 4, 256, 2, 5);
    }

    @Override
    public Optional<LanguageModel> loadDraft(LanguageModel target) {
        return Optional.empty();
    }
}
