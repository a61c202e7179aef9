package quintet.rerank.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.rerank.model.Candidate;
import quintet.rerank.model.RerankRequest;

/** The bounds of a request, the same on both edges; each refusal names the value and the bound. */
final class RequestBounds {
    private final String model;
    private final int maxCandidates;
    private final int maxQueryCharacters;

    RequestBounds(String model, int maxCandidates, int maxQueryCharacters) {
        this.model = model;
        this.maxCandidates = maxCandidates;
        this.maxQueryCharacters = maxQueryCharacters;
    }

    void check(RerankRequest request) {
        checkModel(request.model());
        checkQuery(request.query());
        checkCandidates(request.candidates());
        int count = request.candidates().size();
        if (request.topN() < 0 || request.topN() > count) {
            throw refusal(
                    "INVALID_TOP_N",
                    "topN is %d, must be 0 (for all) to %d".formatted(request.topN(), count),
                    "topN",
                    request.topN(),
                    count);
        }
    }

    private void checkModel(Optional<String> name) {
        if (name.isPresent() && !name.get().equals(model)) {
            String shown = name.get().length() <= 80 ? name.get() : name.get().substring(0, 80) + "…";
            throw Failure.notFound("UNKNOWN_MODEL", "model is '%s', there is only %s", shown, model);
        }
    }

    private void checkQuery(String query) {
        if (query.isBlank()) {
            throw Failure.invalidInput("EMPTY_QUERY", "query has no characters but spaces, must have at least 1");
        }
        if (query.length() > maxQueryCharacters) {
            throw refusal(
                    "QUERY_TOO_LONG",
                    "query has %d characters, must have at most %d".formatted(query.length(), maxQueryCharacters),
                    "length",
                    query.length(),
                    maxQueryCharacters);
        }
    }

    private void checkCandidates(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            throw refusal(
                    "EMPTY_INPUT",
                    "there are 0 candidates, must be 1 to %d".formatted(maxCandidates),
                    "count",
                    0,
                    maxCandidates);
        }
        if (candidates.size() > maxCandidates) {
            throw refusal(
                    "TOO_MANY_CANDIDATES",
                    "there are %d candidates, must be at most %d".formatted(candidates.size(), maxCandidates),
                    "count",
                    candidates.size(),
                    maxCandidates);
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).text().isBlank()) {
                throw Failure.invalidInput(
                        "EMPTY_INPUT",
                        "candidate %d has no characters but spaces, must have at least 1".formatted(i),
                        Map.of("index", Integer.toString(i)));
            }
            float score = candidates.get(i).firstStageScore().orElse(0f);
            if (!Float.isFinite(score)) {
                throw Failure.invalidInput(
                        "INVALID_SCORE",
                        "the first-stage score of candidate %d is %s, must be a finite number".formatted(i, score),
                        Map.of("index", Integer.toString(i)));
            }
        }
    }

    private static Failure refusal(String reason, String message, String name, int value, int bound) {
        return Failure.invalidInput(
                reason, message, Map.of(name, Integer.toString(value), "bound", Integer.toString(bound)));
    }
}
