package quintet.generate.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.CheckedClaim;
import quintet.generate.model.Citation;
import quintet.generate.model.Source;

/** Gathers the events of an answer for a client that wants it in one piece. Not thread-safe. */
final class WholeAnswer {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();
    private final List<CheckedClaim> claims = new ArrayList<>();
    private List<Source> sources = List.of();
    private String traceId = "";
    private String searchId = "";
    private AnswerEvent.@Nullable Done done;

    /** Adds an event; throws where the answer failed, since half an answer in one piece looks like a whole one. */
    void add(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Sources(List<Source> found, String trace, String search) -> {
                sources = found;
                traceId = trace;
                searchId = search;
            }
            case AnswerEvent.Token(String token) -> text.append(token);
            case AnswerEvent.Cited(Citation citation) -> citations.add(citation);
            case AnswerEvent.Checked(CheckedClaim claim) -> claims.add(claim);
            case AnswerEvent.Done end -> done = end;
            case AnswerEvent.Failed failed -> throw failure(failed.reason(), failed.message());
        }
    }

    private static Failure failure(String reason, String message) {
        return switch (reason) {
            case "INTERNAL" -> Failure.internal(new IllegalStateException(message));
            case "MODEL_SERVER_OVERLOADED" -> Failure.overloaded(reason, message, RETRY_AFTER);
            default -> Failure.unavailable(reason, message, null);
        };
    }

    String text() {
        return text.toString();
    }

    List<Citation> citations() {
        return citations;
    }

    List<CheckedClaim> claims() {
        return claims;
    }

    List<Source> sources() {
        return sources;
    }

    String traceId() {
        return traceId;
    }

    String searchId() {
        return searchId;
    }

    /** Returns the end of the answer. */
    AnswerEvent.Done done() {
        if (done == null) {
            throw new IllegalStateException("the answer has no end");
        }
        return done;
    }
}
