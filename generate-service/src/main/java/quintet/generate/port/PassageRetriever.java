package quintet.generate.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import quintet.generate.model.Collection;
import quintet.generate.model.Passage;
import quintet.generate.model.Question;

/** Finds passages. */
public interface PassageRetriever {
    /**
     * What a search found.
     *
     * @param passages best first
     * @param query the question as it was searched, in a form that stands by itself
     * @param degraded steps that the search skipped, such as {@code dense}
     * @param searchId by which the search can be looked at and replayed; empty where it is not kept
     */
    record Found(List<Passage> passages, String query, List<String> degraded, String searchId) {
        /** Copies the lists. */
        public Found {
            passages = List.copyOf(passages);
            degraded = List.copyOf(degraded);
        }
    }

    /**
     * Searches a collection for what a question means after the conversation before it.
     *
     * @param topK upper bound on the number of passages, at least 1
     * @param budget time that the search may take
     * @return fails with {@code COLLECTION_NOT_FOUND}, with {@code INVALID_FILTER}, or with {@code RETRIEVAL_UNAVAILABLE} if there is no answer in time
     */
    Uni<Found> search(Question question, int topK, Duration budget);

    /** Lists the collections that can be asked; fails with {@code RETRIEVAL_UNAVAILABLE} if there is no answer in time. */
    Uni<List<Collection>> collections(Duration budget);
}
