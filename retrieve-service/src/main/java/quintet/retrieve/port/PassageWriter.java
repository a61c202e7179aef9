package quintet.retrieve.port;

import java.util.Optional;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;

/**
 * Writes whole document versions. The highest version of a document wins and a deletion beats everything older, in
 * whatever order they come. Blocks the calling thread, which should be a virtual one.
 *
 * <p>Fails with OVERLOADED when too many writes wait, and with UNAVAILABLE when the index can not be read or written.
 */
public interface PassageWriter {
    /** Returns the highest version of a document, if the index knows any. */
    Optional<DocumentHead> head(CollectionName collection, String documentId);

    /** Returns the model of the collection's vectors; empty while it holds no passage. */
    Optional<ModelRef> model(CollectionName collection);

    /**
     * Makes a version searchable in place of every older one, all of its passages at once, and returns when that is
     * durable. Changes nothing if the same or a higher version is there.
     *
     * @param parts all parts of the version; read once or, after a failure of other writes, again
     * @return the document's highest version afterwards, which may be another one
     * @throws quintet.failure.Failure INVALID_INPUT with reason MODEL_MISMATCH if the collection holds another model's
     *     vectors
     */
    DocumentHead put(VersionRef ref, Iterable<DocumentPart> parts);

    /**
     * Removes every version up to {@code ref} and remembers the deletion; returns when that is durable. Changes nothing
     * if a higher version is there.
     *
     * @return the document's highest version afterwards, which may be another one
     */
    DocumentHead remove(VersionRef ref);

    /**
     * Makes the index take no version up to {@code ref} any more and leaves the passages that are there; returns when that
     * is durable. Changes nothing if the same or a higher version is there.
     *
     * @return the document's highest version afterwards
     */
    DocumentHead refuse(VersionRef ref);

    /** Counts the passages of a document that searches find, of whatever version. */
    int passageCount(CollectionName collection, String documentId);
}
