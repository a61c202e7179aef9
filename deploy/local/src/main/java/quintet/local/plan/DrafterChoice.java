package quintet.local.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import quintet.failure.Failure;
import quintet.local.plan.model.CatalogueModel;
import quintet.local.plan.model.ModelCatalogue;
import quintet.local.plan.model.ModelReader;
import quintet.local.plan.model.ModelShape;

/** Turns the words of {@code --speculative} into what drafts. */
final class DrafterChoice {
    /** Drafted tokens by method: short where drafting costs a pass of its own. */
    private static final int NGRAM_TOKENS = 4;

    private static final int EAGLE_TOKENS = 3;
    private static final int DRAFT_TOKENS = 4;
    private static final String EAGLE = "eagle";
    private static final String DRAFT = "draft=";

    private final ModelCatalogue catalogue;

    DrafterChoice(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    Drafter choose(PlanRequest request) {
        String words = request.speculation();
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.equals("none")) {
            return new Drafter.None();
        }
        if (lower.equals("auto") || lower.equals("ngram")) {
            return new Drafter.Ngram(NGRAM_TOKENS);
        }
        if (lower.equals(EAGLE)) {
            return knownEagle(request);
        }
        if (lower.startsWith(EAGLE + "=")) {
            return eagle(request, "eagle3", words.substring(EAGLE.length() + 1));
        }
        if (lower.startsWith(DRAFT)) {
            return draft(request, words.substring(DRAFT.length()));
        }
        throw Failure.invalidInput(
                "UNKNOWN_SPECULATION",
                "--speculative is %s, must be auto, none, ngram, eagle, eagle=NAME or draft=NAME",
                words);
    }

    private static Drafter knownEagle(PlanRequest request) {
        CatalogueModel known = request.known();
        Map<String, String> head = known == null ? Map.of() : known.eagle();
        if (head.isEmpty()) {
            throw Failure.invalidInput(
                    "UNKNOWN_EAGLE_HEAD",
                    "No EAGLE head of %s is known; name its repository with --speculative eagle=NAME",
                    request.name());
        }
        return eagle(request, head.getOrDefault("method", "eagle3"), head.getOrDefault("model", ""));
    }

    private static Drafter eagle(PlanRequest request, String method, String name) {
        PlanRequest.requireName("The EAGLE head's name", name);
        return new Drafter.Eagle(EAGLE_TOKENS, method, name, request.shape());
    }

    private Drafter draft(PlanRequest request, String name) {
        Path file = Path.of(name);
        boolean isFile = Files.isRegularFile(file);
        ModelShape shape = isFile ? ModelReader.read(file) : catalogue.get(name).shape();
        String served = isFile
                ? file.toAbsolutePath().resolveSibling("").normalize().toString()
                : catalogue.get(name).name();
        PlanRequest.requireName("The draft model's name", served);
        if (shape.vocabulary() != request.shape().vocabulary()) {
            throw Failure.invalidInput(
                    "VOCABULARIES_DIFFER",
                    "The draft model %s knows %,d tokens, the model %,d: vLLM refuses drafts of another vocabulary",
                    served,
                    shape.vocabulary(),
                    request.shape().vocabulary());
        }
        return new Drafter.Draft(DRAFT_TOKENS, served, shape);
    }
}
