package quintet.rerank.pipeline.compression;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.rerank.model.CompressRequest;
import quintet.rerank.pipeline.RequestBounds;

/** The bounds of a request, the same on both edges; each refusal names the value and the bound. */
final class CompressBounds {
    private final RequestBounds common;
    private final int maxPassages;
    private final int maxCharacters;

    CompressBounds(RequestBounds common, int maxPassages, int maxCharacters) {
        this.common = common;
        this.maxPassages = maxPassages;
        this.maxCharacters = maxCharacters;
    }

    void check(CompressRequest request) {
        common.checkModel(request.model());
        common.checkQuery(request.query());
        checkPassages(request.passages());
        if (request.maxTokens().orElse(1) < 1) {
            throw Failure.invalidInput(
                    "INVALID_MAX_TOKENS",
                    "maxTokens is %d, must be at least 1"
                            .formatted(request.maxTokens().get()),
                    Map.of("maxTokens", request.maxTokens().get().toString()));
        }
        checkShare("INVALID_THRESHOLD", "threshold", request.threshold());
        checkShare("INVALID_MMR_LAMBDA", "mmrLambda", request.mmrLambda());
    }

    private void checkPassages(List<String> passages) {
        if (passages.isEmpty() || passages.size() > maxPassages) {
            throw Failure.invalidInput(
                    passages.isEmpty() ? "EMPTY_INPUT" : "TOO_MANY_PASSAGES",
                    "there are %d passages, must be 1 to %d".formatted(passages.size(), maxPassages),
                    Map.of("count", Integer.toString(passages.size()), "bound", Integer.toString(maxPassages)));
        }
        for (int i = 0; i < passages.size(); i++) {
            if (passages.get(i).isBlank()) {
                throw Failure.invalidInput(
                        "EMPTY_INPUT",
                        "passage %d has no characters but spaces, must have at least 1".formatted(i),
                        Map.of("index", Integer.toString(i)));
            }
        }
        long characters = passages.stream().mapToLong(String::length).sum();
        if (characters > maxCharacters) {
            throw Failure.invalidInput(
                    "PASSAGES_TOO_LONG",
                    "the passages have %d characters, must have at most %d".formatted(characters, maxCharacters),
                    Map.of("length", Long.toString(characters), "bound", Integer.toString(maxCharacters)));
        }
    }

    /** Refuses what is not 0 to 1, which catches NaN too. */
    private static void checkShare(String reason, String name, Optional<Double> share) {
        if (share.isPresent() && !(share.get() >= 0 && share.get() <= 1)) {
            throw Failure.invalidInput(
                    reason,
                    "%s is %s, must be 0 to 1".formatted(name, share.get()),
                    Map.of(name, share.get().toString()));
        }
    }
}
