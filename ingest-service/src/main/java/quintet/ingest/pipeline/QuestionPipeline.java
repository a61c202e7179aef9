package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import quintet.ingest.model.Question;
import quintet.ingest.port.QuestionStore;

/** Keeps the questions that generations of a collection are compared on. Blocking. */
@ApplicationScoped
public class QuestionPipeline {
    private final QuestionStore questions;
    private final CollectionPipeline collections;

    QuestionPipeline(QuestionStore questions, CollectionPipeline collections) {
        this.questions = questions;
        this.collections = collections;
    }

    /** Replaces the questions of a collection and returns them; fails with NOT_FOUND, reason COLLECTION_NOT_FOUND. */
    public List<Question> replace(String collection, List<Question> replacement) {
        questions.replace(collection, replacement);
        return replacement;
    }

    /** Returns the questions of a collection; fails with NOT_FOUND, reason COLLECTION_NOT_FOUND. */
    public List<Question> list(String collection) {
        var _ = collections.get(collection);
        return questions.list(collection);
    }
}
