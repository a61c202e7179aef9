package quintet.embed.port;

import java.util.List;
import quintet.embed.model.DocumentPart;
import quintet.embed.model.DocumentVersion;
import quintet.embed.model.KeyedVector;
import quintet.embed.model.ModelRef;
import quintet.failure.Failure;

/** Tells the other services what became of a part. Each method returns once the broker has the event on its disk. */
public interface EmbeddingPublisher {
    /**
     * Publishes the vectors of a part.
     *
     * @param vectors one for each of the part's passages, in their order
     * @throws Failure of kind UNAVAILABLE if the broker does not confirm
     */
    void embedded(DocumentPart part, List<KeyedVector> vectors, ModelRef model);

    /**
     * Says that a document version will not get its vectors.
     *
     * @throws Failure of kind UNAVAILABLE if the broker does not confirm
     */
    void failed(DocumentVersion document, Failure why);
}
