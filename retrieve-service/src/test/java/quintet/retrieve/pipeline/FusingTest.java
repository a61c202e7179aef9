package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.port.PassageView;

class FusingTest {
    private static final List<ScorePair> UNION = List.of(pair("a", 0.9, 5), pair("b", 0.7, 0), pair("c", 0.7, 0));
    private static final OptionalDouble BOUND = OptionalDouble.of(10);

    private final Fusing fusing = new Fusing(new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(SearchConfig.class)
            .build()
            .getConfigMapping(SearchConfig.class));

    private static ScorePair pair(String chunkId, double dense, double lexical) {
        return new ScorePair(new Candidate(chunkId, 0, dense), dense, lexical);
    }

    /** A store that finds nothing and can compare nothing, but for what it is given. */
    private static class Store implements PassageView {
        @Override
        public Optional<ModelRef> model() {
            return Optional.empty();
        }

        @Override
        public Uni<CandidateList> nearest(UnitVector query, MetadataFilter filter, int k) {
            return Uni.createFrom().item(new CandidateList(List.of(), false));
        }

        @Override
        public Uni<CandidateList> matching(String query, MetadataFilter filter, int k) {
            return Uni.createFrom().item(new CandidateList(List.of(), false));
        }

        @Override
        public Uni<List<Double>> similarities(UnitVector query, List<Candidate> candidates) {
            return Uni.createFrom().item(List.of());
        }

        @Override
        public Uni<List<Double>> relevances(String query, List<Candidate> candidates) {
            return Uni.createFrom().item(List.of());
        }

        @Override
        public Uni<List<StoredPassage>> load(List<Candidate> candidates) {
            return Uni.createFrom().item(List.of());
        }

        @Override
        public void close() {}
    }

    private List<FusedCandidate> fuse(PassageView view, Fusion fusion) {
        return fusing.fuse(view, fusion, UNION, BOUND).await().atMost(Duration.ofSeconds(5));
    }

    @Test
    void looksAtNeighboursWhereTheStoreComparesPassages() {
        PassageView view = new Store() {
            @Override
            public Uni<Likeness> likeness(List<Candidate> candidates) {
                return Uni.createFrom()
                        .item(Likeness.of(
                                List.of(new UnitVector(1, 0), new UnitVector(0, 1), new UnitVector(0.8f, 0.6f))));
            }
        };
        // b and c were found equally good, and c is like the best.
        assertThat(fuse(view, Fusion.ADAPTIVE))
                .extracting(fused -> fused.scores().candidate().chunkId())
                .containsExactly("a", "c", "b");
    }

    @Test
    void fusesWithoutNeighboursWhereTheStoreCanNotCompare() {
        List<FusedCandidate> fused = fuse(new Store(), Fusion.ADAPTIVE);
        assertThat(fused).extracting(one -> one.scores().candidate().chunkId()).containsExactly("a", "b", "c");
        assertThat(fused.get(1).score()).isCloseTo(fused.get(2).score(), within(1e-12));
    }

    @Test
    void aStoreThatDoesNotAnswerFailsTheSearch() {
        PassageView down = new Store() {
            @Override
            public Uni<Likeness> likeness(List<Candidate> candidates) {
                return Uni.createFrom().failure(Failure.unavailable("STORE_DOWN", "down", null));
            }
        };
        assertThatThrownBy(() -> fuse(down, Fusion.ADAPTIVE)).hasMessage("down");
    }

    @Test
    void theOtherFusionsNeedNoVectors() {
        PassageView view = new Store() {
            @Override
            public Uni<Likeness> likeness(List<Candidate> candidates) {
                throw new AssertionError("nobody asked for the likeness");
            }
        };
        assertThat(fuse(view, Fusion.WEIGHTED)).isEqualTo(new MinMaxFusion(0.6).fuse(UNION));
        assertThat(fuse(view, Fusion.RRF)).isEqualTo(new ReciprocalRankFusion(60).fuse(UNION));
    }
}
