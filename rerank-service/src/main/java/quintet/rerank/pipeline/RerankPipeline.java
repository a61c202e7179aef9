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
import quintet.failure.Failure;
import quintet.rerank.model.Candidate;
import quintet.rerank.model.RankedPassage;
import quintet.rerank.model.RerankRequest;
import quintet.rerank.model.RerankResult;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.port.CrossEncoder;

/** Scores candidates with the cross-encoder, as many as the time allows, and orders them by both stages. */
@ApplicationScoped
public class RerankPipeline {
    private static final Comparator<RankedPassage> BEST_FIRST = Comparator.comparing(
                    (RankedPassage passage) -> passage.pair().isEmpty())
            .thenComparing(Comparator.comparingDouble(RankedPassage::score).reversed())
            .thenComparingInt(RankedPassage::index);

    private final CrossEncoder crossEncoder;
    private final Tracer tracer;
    private final RequestBounds bounds;
    private final ScoreFusion fusion;
    private final Duration timeout;
    private final Duration reserve;

    RerankPipeline(CrossEncoder crossEncoder, RerankConfig config, Tracer tracer) {
        this.crossEncoder = crossEncoder;
        this.tracer = tracer;
        bounds = new RequestBounds(crossEncoder.ref().name(), config.maxCandidates(), config.maxQueryCharacters());
        fusion = new ScoreFusion(config.firstStageWeight());
        timeout = config.timeout();
        reserve = config.reserve();
    }

    /** Returns the time for a caller that has no deadline. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Ranks candidates. Those that there was no time for keep their order behind the others; cancelling drops what has not begun.
     *
     * @param remaining time that the caller has left
     */
    public Uni<RerankResult> rerank(RerankRequest request, Duration remaining) {
        return Uni.createFrom().deferred(() -> {
            bounds.check(request);
            Duration budget = budget(remaining);
            List<String> passages =
                    request.candidates().stream().map(Candidate::text).toList();
            Span span = tracer.spanBuilder("rerank model")
                    .setAttribute("rerank.candidates", passages.size())
                    .startSpan();
            return crossEncoder
                    .score(request.query(), passages, budget)
                    .map(pairs -> rank(request, pairs))
                    .onTermination()
                    .invoke((result, failure, _) -> end(span, result, failure));
        });
    }

    /** A tenth of the time is for the way back too: a busy machine is late in proportion. */
    private Duration budget(Duration remaining) {
        Duration tenth = remaining.dividedBy(10);
        Duration budget = remaining.minus(tenth.compareTo(reserve) > 0 ? tenth : reserve);
        return budget.isNegative() ? Duration.ZERO : budget;
    }

    private RerankResult rank(RerankRequest request, List<Optional<ScoredPair>> pairs) {
        double[] relevance = pairs.stream()
                .mapToDouble(pair -> pair.map(ScoredPair::relevance).orElse(0.0))
                .toArray();
        double[] fused = fusion.fuse(request.candidates(), relevance);
        List<RankedPassage> ranked = new ArrayList<>(pairs.size());
        for (int i = 0; i < pairs.size(); i++) {
            ranked.add(new RankedPassage(i, pairs.get(i).isPresent() ? fused[i] : 0, pairs.get(i)));
        }
        ranked.sort(BEST_FIRST);
        List<ScoredPair> scored = pairs.stream().flatMap(Optional::stream).toList();
        return new RerankResult(
                ranked.subList(0, request.topN() == 0 ? ranked.size() : request.topN()),
                crossEncoder.ref(),
                scored.size(),
                scored.stream()
                        .map(ScoredPair::queueTime)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                scored.stream().map(ScoredPair::computeTime).reduce(Duration.ZERO, Duration::plus));
    }

    private static void end(
            Span span,
            @org.jspecify.annotations.Nullable RerankResult result,
            @org.jspecify.annotations.Nullable Throwable failure) {
        if (result != null) {
            span.setAttribute("rerank.scored", result.scoredCount())
                    .setAttribute("rerank.queue_time_us", result.queueTime().toNanos() / 1_000);
        }
        if (failure != null) {
            span.setStatus(StatusCode.ERROR, Failure.of(failure).reason());
        }
        span.end();
    }
}
