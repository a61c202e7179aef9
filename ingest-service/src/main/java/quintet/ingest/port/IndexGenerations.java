package quintet.ingest.port;

import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.IndexChoice;

/** Generations of collections in the index. Blocking, with a deadline; fails with {@link Failure.Kind#UNAVAILABLE}. */
public interface IndexGenerations {
    /**
     * Chooses how the vectors of a generation are searched, before its first document; doing it again changes nothing.
     *
     * @throws Failure INVALID_INPUT, reason INVALID_INDEX
     */
    void chooseIndex(String generation, IndexChoice index);

    /** Lets searches of a collection go to one of its generations; a choice that is older than the last one changes nothing. */
    void choose(GenerationChoice choice);

    /** Finds documents as a search of the collection would, if it went to this generation. */
    Found find(String generation, String query, int topK);

    /**
     * What was found.
     *
     * @param documentIds best first, each once
     * @param degraded steps that the search went without
     */
    record Found(List<String> documentIds, List<String> degraded) {
        /** Copies the lists. */
        public Found {
            documentIds = List.copyOf(documentIds);
            degraded = List.copyOf(degraded);
        }
    }
}
