package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.OptionalDouble;
import quintet.failure.Failure;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.port.PassageView;

/** Makes one ranking of the union of two lists, in the way that a query asks for. */
final class Fusing {
    private static final int RRF_K = 60;

    private final ScoreFusion weighted;
    private final ScoreFusion byRank = new ReciprocalRankFusion(RRF_K);

    Fusing(SearchConfig config) {
        weighted = new MinMaxFusion(config.denseWeight());
    }

    /**
     * Fuses.
     *
     * @param scoreBound of the lexical scores
     * @return best first
     */
    Uni<List<FusedCandidate>> fuse(PassageView view, Fusion fusion, List<ScorePair> union, OptionalDouble scoreBound) {
        return method(view, fusion, union, scoreBound).map(method -> method.fuse(union));
    }

    /** Returns what fuses a union in the way that a query asks for. */
    Uni<ScoreFusion> method(PassageView view, Fusion fusion, List<ScorePair> union, OptionalDouble scoreBound) {
        return switch (fusion) {
            case ADAPTIVE ->
                neighbourhood(view, union)
                        .map(near -> new AdaptiveFusion(near, scoreBound, AdaptiveFusion.Weights.FITTED));
            case WEIGHTED -> Uni.createFrom().item(weighted);
            case RRF -> Uni.createFrom().item(byRank);
        };
    }

    /** A store that can not compare its passages says so each time: its passages have no neighbours. */
    private static Uni<Neighbourhood> neighbourhood(PassageView view, List<ScorePair> union) {
        List<Candidate> candidates = union.stream().map(ScorePair::candidate).toList();
        return view.likeness(candidates)
                .map(likeness -> Neighbourhood.of(union, likeness))
                .onFailure(thrown -> Failure.of(thrown).kind() == Failure.Kind.INVALID_INPUT)
                .recoverWithItem(() -> Neighbourhood.unknown(union.size()));
    }
}
