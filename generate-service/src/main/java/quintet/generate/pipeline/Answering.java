package quintet.generate.pipeline;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.ClaimCounts;
import quintet.generate.model.Completion;
import quintet.generate.model.Deadline;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Question;
import quintet.generate.port.ChatModel;

/** What is known about an answer while it comes about. One per question; its stages run one after the other. */
final class Answering {
    /** A stage may take half of what is left, so that the ones behind it have the other half. */
    private static final double SHARE = 0.5;

    private final Question question;
    private final Deadline deadline;
    private final String traceId;
    private final long startedNanos = System.nanoTime();
    private String query;
    private String searchId = "";
    private final List<String> degraded = new ArrayList<>();
    private final SequencedMap<String, Duration> timings = new LinkedHashMap<>();

    Answering(Question question, Duration time, String traceId) {
        this.question = question;
        this.query = question.text();
        this.deadline = Deadline.after(time);
        this.traceId = traceId;
    }

    Question question() {
        return question;
    }

    /** Returns the question as it was searched, in a form that is understandable by itself. */
    String query() {
        return query;
    }

    /** Notes what was searched, and by which id the search can be looked at; empty for none. */
    void searched(String standalone, String id) {
        query = standalone;
        searchId = id;
    }

    String searchId() {
        return searchId;
    }

    Deadline deadline() {
        return deadline;
    }

    String traceId() {
        return traceId;
    }

    /** Returns the time since the question. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Returns {@code work} with its budget, a share of the time that is left but at most {@code bound}, and notes what it took. */
    <T> Uni<T> stage(String name, Duration bound, Function<Duration, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Duration before = elapsed();
            return work.apply(deadline.share(SHARE, bound)).invoke(() -> since(name, before));
        });
    }

    /** Notes the time of a stage that began at {@code before}. */
    void since(String stage, Duration before) {
        timings.put(stage, elapsed().minus(before));
    }

    /** Notes steps down that the answer has to declare. */
    void degrade(List<String> steps) {
        degraded.addAll(steps);
    }

    AnswerEvent.Done done(Completion.Finished finished, FinishReason reason, ChatModel model, ClaimCounts claims) {
        timings.put("total", elapsed());
        return new AnswerEvent.Done(
                reason,
                model.name(),
                model.mode(),
                degraded,
                timings,
                finished.usage(),
                finished.pace(),
                finished.cached(),
                claims);
    }
}
