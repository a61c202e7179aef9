package quintet.rerank.pipeline.compression;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import quintet.rerank.model.CompressRequest;
import quintet.rerank.model.CompressResult;
import quintet.rerank.model.CompressedPassage;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.model.TextSpan;
import quintet.rerank.pipeline.RequestBounds;
import quintet.rerank.port.CrossEncoder;

/**
 * Leaves out of passages what does not matter to a query: passages that say nearly the same as one before, sentences that score far
 * below the best one, and what a budget of tokens has no room for. What is left keeps its place in the text, so that a
 * citation still resolves. The same request gives the same result as long as the time suffices.
 */
@ApplicationScoped
public class CompressPipeline {
    private final CrossEncoder crossEncoder;
    private final RequestBounds common;
    private final CompressBounds bounds;
    private final double threshold;
    private final boolean keepFirst;
    private final double mergeSimilarity;
    private final int maxScored;

    /** A request on its way: its pieces, and those of the passages that were not merged. */
    private record Draft(
            CompressRequest request,
            List<Optional<Integer>> merged,
            List<Piece> all,
            List<Piece> distinct,
            SentenceScores scores) {}

    CompressPipeline(CrossEncoder crossEncoder, RequestBounds common, CompressConfig config) {
        this.crossEncoder = crossEncoder;
        this.common = common;
        bounds = new CompressBounds(common, config.maxPassages(), config.maxCharacters());
        threshold = config.threshold();
        keepFirst = config.keepFirst();
        mergeSimilarity = config.mergeSimilarity();
        maxScored = config.maxScored();
    }

    /** Returns the time for a caller that has no deadline. */
    public Duration timeout() {
        return common.timeout();
    }

    /**
     * Compresses passages. Sentences that there was no time for are judged by their words alone; cancelling drops what has not
     * begun.
     *
     * @param remaining time that the caller has left
     */
    public Uni<CompressResult> compress(CompressRequest request, Duration remaining) {
        return Uni.createFrom().deferred(() -> {
            bounds.check(request);
            long end = System.nanoTime() + common.budget(remaining).toNanos();
            return pieces(request.passages())
                    .map(pieces -> draft(request, pieces))
                    .flatMap(draft -> read(draft, end).map(pairs -> result(draft, pairs)));
        });
    }

    /** Splits passages and counts the tokens of what comes out. White space has none, so the tokens of parts add up. */
    private Uni<List<Piece>> pieces(List<String> passages) {
        List<Piece> pieces = new ArrayList<>();
        for (int passage = 0; passage < passages.size(); passage++) {
            for (TextSpan span : SentenceSplitter.split(passages.get(passage))) {
                pieces.add(new Piece(passage, span, span.in(passages.get(passage)), 0));
            }
        }
        return crossEncoder
                .countTokens(pieces.stream().map(Piece::text).toList())
                .map(counts -> IntStream.range(0, pieces.size())
                        .mapToObj(i -> pieces.get(i).withTokens(counts.get(i)))
                        .toList());
    }

    private Draft draft(CompressRequest request, List<Piece> pieces) {
        List<Optional<Integer>> merged = NearDuplicates.find(request.passages(), mergeSimilarity);
        List<Piece> distinct = pieces.stream()
                .filter(piece -> merged.get(piece.passage()).isEmpty())
                .toList();
        return new Draft(request, merged, pieces, distinct, new SentenceScores(request.query(), distinct));
    }

    /** Lets the cross-encoder read the pieces, those with the most words of the query first; returns as many as there are pieces. */
    private Uni<List<Optional<ScoredPair>>> read(Draft draft, long end) {
        List<Integer> order = IntStream.range(0, draft.distinct().size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer i) -> -draft.scores().overlap(i))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(maxScored)
                .toList();
        List<String> texts =
                order.stream().map(i -> draft.distinct().get(i).text()).toList();
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        return crossEncoder.score(draft.request().query(), texts, left).map(pairs -> {
            List<Optional<ScoredPair>> byPiece =
                    new ArrayList<>(Collections.nCopies(draft.distinct().size(), Optional.empty()));
            for (int i = 0; i < pairs.size(); i++) {
                byPiece.set(order.get(i), pairs.get(i));
            }
            return byPiece;
        });
    }

    private CompressResult result(Draft draft, List<Optional<ScoredPair>> pairs) {
        CompressRequest request = draft.request();
        List<Piece> pieces = draft.distinct();
        double[] scores = IntStream.range(0, pieces.size())
                .mapToDouble(i -> draft.scores().of(i, pairs.get(i)))
                .toArray();
        double[] standing = SentenceSelection.select(
                pieces,
                scores,
                request.threshold().orElse(threshold),
                request.keepFirst().orElse(keepFirst));
        boolean[] taken = new TokenBudget(pieces, request.maxTokens().orElse(Integer.MAX_VALUE))
                .take(standing, request.mmrLambda().orElse(1.0));
        List<CompressedPassage> passages =
                new CompressedPassages(request.passages(), pieces).build(draft.merged(), standing, taken);
        List<ScoredPair> scored = pairs.stream().flatMap(Optional::stream).toList();
        return new CompressResult(
                passages,
                crossEncoder.ref(),
                draft.all().stream().mapToInt(Piece::tokens).sum(),
                passages.stream().mapToInt(CompressedPassage::tokens).sum(),
                pieces.size(),
                scored.size(),
                scored.stream()
                        .map(ScoredPair::queueTime)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                scored.stream().map(ScoredPair::computeTime).reduce(Duration.ZERO, Duration::plus));
    }
}
