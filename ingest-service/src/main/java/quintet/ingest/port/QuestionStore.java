package quintet.ingest.port;

import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.Question;

/** Questions of collections. Blocking. Fails with {@link Failure.Kind#UNAVAILABLE} if the database does not answer. */
public interface QuestionStore {
    /**
     * Replaces the questions of a collection.
     *
     * @throws Failure NOT_FOUND, reason COLLECTION_NOT_FOUND
     */
    void replace(String collection, List<Question> questions);

    /** Returns the questions of a collection in their order; none if it does not exist. */
    List<Question> list(String collection);
}
