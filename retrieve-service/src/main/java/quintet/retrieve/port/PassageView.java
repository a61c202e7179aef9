package quintet.retrieve.port;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quintet.failure.Failure;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Phrase;
import quintet.retrieve.model.Recognised;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.WeightedText;

/**
 * One collection at one moment, as far as its opener may see it: all searches in it see the same committed passages, whatever is
 * written meanwhile, and none that they may not see.
 *
 * <p>The methods may be called side by side. Work that is not yet begun when its subscriber leaves is dropped.
 */
public interface PassageView extends AutoCloseable {
    /** Returns the model of the collection's vectors; empty while it holds none. */
    Optional<ModelRef> model();

    /** Returns what searches in this view are answered from. */
    default IndexFacts facts() {
        return new IndexFacts(model(), "", 0);
    }

    /** Returns this view with lists that say how they were found, which takes time. It is closed with this one. */
    default PassageView explaining() {
        return this;
    }

    /**
     * Returns the version of each of some documents, as far as the view's opener may see them: a document that is not there and
     * one that they may not see are left out alike.
     *
     * @return nothing from a store that can not tell
     */
    default Uni<Map<String, Long>> versions(Set<String> documentIds) {
        return Uni.createFrom().item(Map.of());
    }

    /**
     * Returns this view of the passages that contain every one of some phrases: both of its searches find no others. It is
     * closed with this one.
     *
     * @throws Failure INVALID_INPUT with reason PHRASES_UNSUPPORTED from a store that can not look for them
     */
    default PassageView containing(List<Phrase> phrases) {
        if (phrases.isEmpty()) {
            return this;
        }
        throw Failure.invalidInput(
                "PHRASES_UNSUPPORTED",
                "the query has %d phrases in quotes, which this store can not look for: ask without the quotes",
                phrases.size());
    }

    /**
     * Finds the passages nearest to a query.
     *
     * @param k upper bound on the number of candidates, at least 1
     * @return by cosine similarity, -1 to 1
     */
    Uni<CandidateList> nearest(UnitVector query, MetadataFilter filter, int k);

    /**
     * Finds the passages that have words of a query.
     *
     * @param k upper bound on the number of candidates, at least 1
     * @return by BM25 score, greater than 0; the list says if the query had too many words for all to count, and what
     *     no score can reach
     */
    Uni<CandidateList> matching(String query, MetadataFilter filter, int k);

    /**
     * Finds the passages that have words of a query or of those beside it.
     *
     * @param k upper bound on the number of candidates, at least 1
     * @return by BM25 score, each word's part times its weight; an index that has no weights takes all words alike
     */
    default Uni<CandidateList> matching(LexicalQuery query, MetadataFilter filter, int k) {
        return matching(query.flat(), filter, k);
    }

    /** Returns the cosine similarity of each candidate to a query, in their order. */
    Uni<List<Double>> similarities(UnitVector query, List<Candidate> candidates);

    /** Returns the BM25 score of each candidate for a query, in their order; 0 for one that has none of the words. */
    Uni<List<Double>> relevances(String query, List<Candidate> candidates);

    /** Returns the score of each candidate for a query and the words beside it, in their order; likewise. */
    default Uni<List<Double>> relevances(LexicalQuery query, List<Candidate> candidates) {
        return relevances(query.flat(), candidates);
    }

    /**
     * Looks up what the collection knows about the words of a query: bounded, a long query counts with its first words.
     *
     * @param filter only what passages have that it lets through is known
     * @return {@link Recognised#NOTHING} from an index that has no such vocabulary
     */
    default Uni<Recognised> recognise(String query, MetadataFilter filter) {
        return Uni.createFrom().item(Recognised.NOTHING);
    }

    /**
     * Returns the words that set passages apart which a query found, for pseudo-relevance feedback (RM3).
     *
     * @param found by {@link #matching}, best first
     * @param words upper bound on the number of words
     * @param share of all weight that the words get, the query's own having the rest; above 0 and below 1
     * @return heaviest first; nothing from an index that does not know them
     */
    default Uni<List<WeightedText>> feedback(String query, List<Candidate> found, int words, double share) {
        return Uni.createFrom().item(List.of());
    }

    /** Returns the passages of candidates, in their order. */
    Uni<List<StoredPassage>> load(List<Candidate> candidates);

    /**
     * Returns how alike candidates are, by their vectors; it can be asked after the view was closed.
     *
     * @return fails with INVALID_INPUT and reason VECTORS_UNSUPPORTED where a store can not compare them
     */
    default Uni<Likeness> likeness(List<Candidate> candidates) {
        return Uni.createFrom()
                .failure(Failure.invalidInput(
                        "VECTORS_UNSUPPORTED",
                        "this store can not compare the vectors of %d candidates",
                        candidates.size()));
    }

    /**
     * Returns for each passage those of the same document that stand before and behind it.
     *
     * @param passages what {@link #load} returned
     * @param n how many on each side, at least 1
     * @param filter that they pass too
     * @return without the passage itself, in any order; fails with INVALID_INPUT and reason EXPAND_UNSUPPORTED where a store
     *     can not find them
     */
    default Uni<List<List<StoredPassage>>> neighbours(List<StoredPassage> passages, int n, MetadataFilter filter) {
        return Uni.createFrom()
                .failure(Failure.invalidInput(
                        "EXPAND_UNSUPPORTED",
                        "this store can not find the %d passages around a hit: ask without expand",
                        n));
    }

    /** Lets go of the view; searches in it that still run end undisturbed. */
    @Override
    void close();
}
