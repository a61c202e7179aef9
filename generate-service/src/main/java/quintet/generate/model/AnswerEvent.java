package quintet.generate.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Something that happens while a question is answered. {@link Sources} comes first, {@link Done} or {@link Failed} last. */
public sealed interface AnswerEvent {
    /**
     * The passages the answer may use.
     *
     * @param sources best first, numbered from 1
     * @param traceId 32 hexadecimal digits; all zero without tracing
     * @param searchId by which the search can be looked at and replayed; empty where it is not kept
     */
    record Sources(List<Source> sources, String traceId, String searchId) implements AnswerEvent {
        /** Copies the sources. */
        public Sources {
            sources = List.copyOf(sources);
        }
    }

    /** The next piece of text. */
    record Token(String text) implements AnswerEvent {}

    /** Evidence for the text just sent. */
    record Cited(Citation citation) implements AnswerEvent {}

    /** A sentence of the answer, compared with the passages; it may come after text that follows the sentence. */
    record Checked(CheckedClaim claim) implements AnswerEvent {}

    /**
     * The end of a complete answer.
     *
     * @param model extractive, or the model server's model
     * @param degraded declared steps down: dense, rerank, passages, extractive
     * @param timings by stage in the order of the stages: retrieve, rerank, first_token, generate, verify, total
     * @param pace how fast a model server wrote it; absent for extractive and cached answers
     * @param cached whether a model server wrote it before, from the same prompt
     * @param claims what became of its sentences; none for extractive answers, which are quotations
     */
    record Done(
            FinishReason finishReason,
            String model,
            AnswerMode mode,
            List<String> degraded,
            SequencedMap<String, Duration> timings,
            Usage usage,
            Optional<Pace> pace,
            boolean cached,
            ClaimCounts claims)
            implements AnswerEvent {
        /** Copies the collections. */
        public Done {
            degraded = List.copyOf(degraded);
            timings = new LinkedHashMap<>(timings);
        }
    }

    /**
     * The end of an answer that could not be completed.
     *
     * @param reason stable, in UPPER_SNAKE_CASE
     * @param message a sentence that a person can act on
     */
    record Failed(String reason, String message) implements AnswerEvent {}
}
