package quintet.rerank.pipeline;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.rerank.model.RankedPassage;
import quintet.rerank.model.RerankRequest;
import quintet.rerank.model.RerankResult;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.model.StopReason;
import quintet.rerank.port.CrossEncoder;

/**
 * Scores candidates with the cross-encoder, the cheapest promise first, until the first ones are settled or the time is over, and
 * orders them by both stages.
 */
@ApplicationScoped
public class RerankPipeline {
    private static final Comparator<RankedPassage> BEST_FIRST =
            Comparator.comparingDouble(RankedPassage::score).reversed().thenComparingInt(RankedPassage::index);

    private final CrossEncoder crossEncoder;
    private final Tracer tracer;
    private final RequestBounds bounds;
    private final double firstStageWeight;
    private final Cascade.Rule rule;

    RerankPipeline(
            CrossEncoder crossEncoder,
            RequestBounds bounds,
            RerankConfig config,
            CascadeConfig cascade,
            Tracer tracer) {
        this.crossEncoder = crossEncoder;
        this.bounds = bounds;
        this.tracer = tracer;
        firstStageWeight = config.firstStageWeight();
        rule = new Cascade.Rule(cascade.waveSize(), cascade.patience());
    }

    /** Returns the time for a caller that has no deadline. */
    public Duration timeout() {
        return bounds.timeout();
    }

    /**
     * Ranks candidates. Those that were not scored keep the order of their cheap scores behind the others; cancelling drops what
     * has not begun.
     *
     * @param remaining time that the caller has left
     */
    public Uni<RerankResult> rerank(RerankRequest request, Duration remaining) {
        return Uni.createFrom().deferred(() -> {
            bounds.check(request);
            Ranking ranking = begin(request);
            long end = System.nanoTime() + bounds.budget(remaining).toNanos();
            Span span = tracer.spanBuilder("rerank model")
                    .setAttribute("rerank.candidates", request.candidates().size())
                    .startSpan();
            return score(ranking, end)
                    .map(stop -> rank(ranking, stop))
                    .onTermination()
                    .invoke((result, failure, _) -> end(span, result, failure));
        });
    }

    /** A request on its way through the cascade; {@code pairs} are those scored so far, in the order of the cascade. */
    private record Ranking(RerankRequest request, ScoreFusion fusion, Cascade cascade, List<ScoredPair> pairs) {}

    private Ranking begin(RerankRequest request) {
        ScoreFusion fusion = ScoreFusion.of(request.query(), request.candidates(), firstStageWeight);
        return new Ranking(request, fusion, new Cascade(fusion, count(request), rule), new ArrayList<>());
    }

    private static int count(RerankRequest request) {
        return request.topN() == 0 ? request.candidates().size() : request.topN();
    }

    /** Scores wave after wave. */
    private Uni<StopReason> score(Ranking ranking, long end) {
        List<String> wave = ranking.cascade().nextWave().stream()
                .map(index -> ranking.request().candidates().get(index).text())
                .toList();
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        return crossEncoder
                .score(ranking.request().query(), wave, left)
                .map(pairs -> take(ranking, pairs))
                .flatMap(stop -> stop.isPresent() ? Uni.createFrom().item(stop.get()) : score(ranking, end));
    }

    /** Takes what was scored of a wave and returns why no other one follows, if none does. */
    private static Optional<StopReason> take(Ranking ranking, List<Optional<ScoredPair>> wave) {
        for (Optional<ScoredPair> pair : wave) {
            if (pair.isEmpty()) {
                return Optional.of(StopReason.DEADLINE);
            }
            ranking.cascade().add(pair.get().relevance());
            ranking.pairs().add(pair.get());
        }
        if (ranking.pairs().size() == ranking.request().candidates().size()) {
            return Optional.of(StopReason.ALL);
        }
        return ranking.cascade().isSettled() ? Optional.of(StopReason.ORDER_SETTLED) : Optional.empty();
    }

    private RerankResult rank(Ranking ranking, StopReason stop) {
        List<ScoredPair> scored = ranking.pairs();
        List<Integer> order = ranking.cascade().order();
        List<RankedPassage> ranked = new ArrayList<>(order.size());
        for (int i = 0; i < scored.size(); i++) {
            double score = ranking.fusion().fused(order.get(i), scored.get(i).relevance());
            ranked.add(new RankedPassage(order.get(i), score, Optional.of(scored.get(i))));
        }
        ranked.sort(BEST_FIRST);
        for (int index : order.subList(scored.size(), order.size())) {
            ranked.add(new RankedPassage(index, 0, Optional.empty()));
        }
        return new RerankResult(
                ranked.subList(0, count(ranking.request())),
                crossEncoder.ref(),
                scored.size(),
                stop,
                scored.stream()
                        .map(ScoredPair::queueTime)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                scored.stream().map(ScoredPair::computeTime).reduce(Duration.ZERO, Duration::plus));
    }

    private static void end(Span span, @Nullable RerankResult result, @Nullable Throwable failure) {
        if (result != null) {
            span.setAttribute("rerank.scored", result.scoredCount())
                    .setAttribute("rerank.stop_reason", result.stopReason().name())
                    .setAttribute("rerank.queue_time_us", result.queueTime().toNanos() / 1_000);
        }
        if (failure != null) {
            span.setStatus(StatusCode.ERROR, Failure.of(failure).reason());
        }
        span.end();
    }
}
