package quintet.generate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.AnswerSpan;
import quintet.generate.model.CheckedClaim;
import quintet.generate.model.Citation;
import quintet.generate.model.Claim;
import quintet.generate.model.ClaimCounts;
import quintet.generate.model.Pace;
import quintet.generate.model.Passage;
import quintet.generate.model.Source;

/** Answers as JSON: the events of a stream, or all of them in one object. */
final class AnswerJson {
    private AnswerJson() {}

    /** A source; page fields are absent where the format has no pages. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SourceJson(
            int number,
            String chunkId,
            String documentId,
            String filename,
            String title,
            @Nullable Integer page,
            @Nullable Integer pageEnd,
            List<String> sectionPath,
            int start,
            int end,
            String text,
            Map<String, Float> scores) {
        static SourceJson of(Source source) {
            Passage p = source.passage();
            return new SourceJson(
                    source.number(),
                    p.chunkId(),
                    p.documentId(),
                    p.filename(),
                    p.title(),
                    pageOrAbsent(p.page()),
                    pageOrAbsent(p.pageEnd()),
                    p.sectionPath(),
                    p.start(),
                    p.end(),
                    p.text(),
                    p.scores());
        }
    }

    /** A citation; offsets are in the source's text. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CitationJson(
            int number,
            String sentence,
            int start,
            int end,
            @Nullable Integer page,
            @Nullable Integer answerStart,
            @Nullable Integer answerEnd) {
        static CitationJson of(Citation c) {
            return new CitationJson(
                    c.number(),
                    c.sentence(),
                    c.start(),
                    c.end(),
                    pageOrAbsent(c.page()),
                    c.answer().map(AnswerSpan::start).orElse(null),
                    c.answer().map(AnswerSpan::end).orElse(null));
        }
    }

    /**
     * The event {@code claim}: a sentence of the answer and what the passages say to it; its offsets are in the text of all tokens.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClaimJson(
            int start,
            int end,
            String text,
            List<Integer> cited,
            String support,
            double coverage,
            List<String> unknown,
            @Nullable CitationJson evidence) {
        static ClaimJson of(CheckedClaim checked) {
            Claim claim = checked.claim();
            return new ClaimJson(
                    claim.start(),
                    claim.end(),
                    claim.text(),
                    claim.cited(),
                    checked.support().name().toLowerCase(Locale.ROOT),
                    Math.round(checked.coverage() * 1000) / 1000.0,
                    checked.unknown(),
                    checked.evidence().map(CitationJson::of).orElse(null));
        }
    }

    /** The event {@code sources}; {@code searchId} is absent where the search is not kept. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SourcesJson(
            List<SourceJson> sources,
            String traceId,
            @Nullable String searchId) {}

    /** The event {@code token}. */
    record TokenJson(String text) {}

    /** The event {@code done}; timings in milliseconds. */
    record DoneJson(
            String finishReason,
            String model,
            String mode,
            List<String> degraded,
            Map<String, Double> timings,
            int promptTokens,
            int completionTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PaceJson pace,

            boolean cached,
            ClaimCounts claims) {}

    /** How fast a model server wrote an answer; times in milliseconds. */
    record PaceJson(double queuedMs, double firstTokenMs, double betweenTokensMs, double tokensPerSecond) {
        static PaceJson of(Pace pace) {
            return new PaceJson(
                    millis(pace.queued()),
                    millis(pace.firstToken()),
                    millis(pace.betweenTokens()),
                    Math.round(pace.tokensPerSecond() * 10) / 10.0);
        }
    }

    /** The event {@code failed}. */
    record FailedJson(String reason, String message) {}

    /** A whole answer; timings in milliseconds, and {@code searchId} absent where the search is not kept. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WholeJson(
            String answer,
            List<CitationJson> citations,
            List<ClaimJson> claims,
            List<SourceJson> sources,
            String finishReason,
            String model,
            String mode,
            List<String> degraded,
            Map<String, Double> timings,
            int promptTokens,
            int completionTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PaceJson pace,

            boolean cached,
            String traceId,
            @Nullable String searchId) {
        static WholeJson of(WholeAnswer whole) {
            DoneJson done = done(whole.done());
            return new WholeJson(
                    whole.text(),
                    whole.citations().stream().distinct().map(CitationJson::of).toList(),
                    whole.claims().stream().map(ClaimJson::of).toList(),
                    AnswerJson.sources(whole.sources()),
                    done.finishReason,
                    done.model,
                    done.mode,
                    done.degraded,
                    done.timings,
                    done.promptTokens,
                    done.completionTokens,
                    done.pace,
                    done.cached,
                    whole.traceId(),
                    nameOrAbsent(whole.searchId()));
        }
    }

    /** Returns the name of an event in a stream. */
    static String name(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Sources _ -> "sources";
            case AnswerEvent.Token _ -> "token";
            case AnswerEvent.Cited _ -> "citation";
            case AnswerEvent.Checked _ -> "claim";
            case AnswerEvent.Done _ -> "done";
            case AnswerEvent.Failed _ -> "failed";
        };
    }

    /** Returns the data of an event in a stream. */
    static Object data(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Sources(List<Source> sources, String traceId, String searchId) ->
                new SourcesJson(sources(sources), traceId, nameOrAbsent(searchId));
            case AnswerEvent.Token(String text) -> new TokenJson(text);
            case AnswerEvent.Cited(Citation citation) -> CitationJson.of(citation);
            case AnswerEvent.Checked(CheckedClaim claim) -> ClaimJson.of(claim);
            case AnswerEvent.Done done -> done(done);
            case AnswerEvent.Failed(String reason, String message) -> new FailedJson(reason, message);
        };
    }

    static List<SourceJson> sources(List<Source> sources) {
        return sources.stream().map(SourceJson::of).toList();
    }

    private static DoneJson done(AnswerEvent.Done done) {
        return new DoneJson(
                done.finishReason().wireName(),
                done.model(),
                done.mode().name().toLowerCase(Locale.ROOT),
                done.degraded(),
                timings(done.timings()),
                done.usage().promptTokens(),
                done.usage().completionTokens(),
                done.pace().map(PaceJson::of).orElse(null),
                done.cached(),
                done.claims());
    }

    /** Returns milliseconds by names such as {@code retrieveMs} and {@code firstTokenMs}. */
    static Map<String, Double> timings(Map<String, Duration> timings) {
        Map<String, Double> millis = new LinkedHashMap<>();
        timings.forEach(
                (stage, time) -> millis.put((stage.equals("first_token") ? "firstToken" : stage) + "Ms", millis(time)));
        return millis;
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 1000.0) / 1000.0;
    }

    private static @Nullable String nameOrAbsent(String name) {
        return name.isEmpty() ? null : name;
    }

    private static @Nullable Integer pageOrAbsent(int page) {
        return page == 0 ? null : page;
    }
}
