package quintet.rerank.pipeline;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.rerank.model.Candidate;
import quintet.rerank.model.RerankRequest;
import quintet.rerank.port.CrossEncoder;

/** The bounds of a request, the same on both edges; each refusal names the value and the bound. */
@Singleton
public final class RequestBounds {
    private final String model;
    private final int maxCandidates;
    private final int maxQueryCharacters;
    private final Duration timeout;
    private final Duration reserve;

    RequestBounds(CrossEncoder crossEncoder, RerankConfig config) {
        model = crossEncoder.ref().name();
        maxCandidates = config.maxCandidates();
        maxQueryCharacters = config.maxQueryCharacters();
        timeout = config.timeout();
        reserve = config.reserve();
    }

    /** Returns the time for a caller that has no deadline. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns what of the caller's time is for the model. A tenth is for the way back too: a busy machine is late in proportion. */
    public Duration budget(Duration remaining) {
        Duration tenth = remaining.dividedBy(10);
        Duration budget = remaining.minus(tenth.compareTo(reserve) > 0 ? tenth : reserve);
        return budget.isNegative() ? Duration.ZERO : budget;
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

    /** Refuses another model than the one there is. */
    public void checkModel(Optional<String> name) {
        if (name.isPresent() && !name.get().equals(model)) {
            String shown = name.get().length() <= 80 ? name.get() : name.get().substring(0, 80) + "…";
            throw Failure.notFound("UNKNOWN_MODEL", "model is '%s', there is only %s", shown, model);
        }
    }

    /** Refuses a query without characters or with too many. */
    public void checkQuery(String query) {
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
