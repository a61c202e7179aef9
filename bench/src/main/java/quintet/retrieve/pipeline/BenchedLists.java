package quintet.retrieve.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageView;

/**
 * What both lists of retrieve-service found for a query, to be fused in every way. It is in the package of the classes that it
 * measures, as only a benchmark may be. All rankings are chunk ids, best first.
 */
public final class BenchedLists {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** The defaults of {@link SearchConfig}. */
    private static final int DEPTH = 50;

    private static final double DENSE_WEIGHT = 0.6;
    private static final int RRF_K = 60;

    private final List<String> lexical;
    private final List<String> dense;
    private final List<ScorePair> union;
    private final OptionalDouble scoreBound;
    private final Neighbourhood neighbourhood;

    private BenchedLists(
            CandidateList lexical, CandidateList dense, List<ScorePair> union, Neighbourhood neighbourhood) {
        this.lexical = ids(lexical);
        this.dense = ids(dense);
        this.union = union;
        this.scoreBound = lexical.scoreBound();
        this.neighbourhood = neighbourhood;
    }

    /** Searches as {@link RetrievePipeline} does. */
    public static BenchedLists of(PassageIndex index, CollectionName name, String query, UnitVector vector) {
        try (PassageView view =
                index.open(CollectionAccess.toAllOf(name)).await().atMost(TIMEOUT)) {
            CandidateList lexical =
                    view.matching(query, MetadataFilter.NONE, DEPTH).await().atMost(TIMEOUT);
            CandidateList dense =
                    view.nearest(vector, MetadataFilter.NONE, DEPTH).await().atMost(TIMEOUT);
            CandidateUnion both = CandidateUnion.of(dense, lexical);
            List<ScorePair> union = both.complete(
                    view.relevances(query, both.onlyDense()).await().atMost(TIMEOUT),
                    view.similarities(vector, both.onlyLexical()).await().atMost(TIMEOUT));
            Likeness likeness = view.likeness(
                            union.stream().map(ScorePair::candidate).toList())
                    .await()
                    .atMost(TIMEOUT);
            return new BenchedLists(lexical, dense, union, Neighbourhood.of(union, likeness));
        }
    }

    /** Returns what words found. */
    public List<String> lexical() {
        return lexical;
    }

    /** Returns what vectors found. */
    public List<String> dense() {
        return dense;
    }

    /** Returns the reciprocal rank fusion. */
    public List<String> byRank() {
        return fused(new ReciprocalRankFusion(RRF_K));
    }

    /** Returns the weighted fusion. */
    public List<String> weighted() {
        return fused(new MinMaxFusion(DENSE_WEIGHT));
    }

    /** Returns the adaptive fusion, by the weights that retrieve-service has. */
    public List<String> adaptive() {
        return fused(new AdaptiveFusion(neighbourhood, scoreBound, AdaptiveFusion.Weights.FITTED));
    }

    /** Returns the adaptive fusion by other weights, which {@link AdaptiveFusion.Weights} explains. */
    public List<String> adaptive(double lexicalWeight, double temperature, double bandwidth, double neighbours) {
        return fused(new AdaptiveFusion(
                neighbourhood,
                scoreBound,
                new AdaptiveFusion.Weights(lexicalWeight, temperature, bandwidth, neighbours)));
    }

    private List<String> fused(ScoreFusion fusion) {
        return fusion.fuse(union).stream()
                .map(fused -> fused.scores().candidate().chunkId())
                .toList();
    }

    private static List<String> ids(CandidateList list) {
        return list.candidates().stream().map(Candidate::chunkId).toList();
    }
}
