package quintet.retrieve.port;

import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.VersionRef;

/**
 * Keeps parts until their version is whole. Blocks the calling thread, which should be a virtual one.
 *
 * <p>Fails with UNAVAILABLE when it can not be read or written. Reading a damaged part fails with INVALID_INPUT and
 * reason STAGED_PART_DAMAGED.
 */
public interface PartStaging {
    /** Keeps a part; durable when it returns. The same part again replaces it. */
    void stage(DocumentPart part);

    /** Returns the parts of a version, by number and read one at a time, if every one of them is there. */
    Optional<Iterable<DocumentPart>> whole(VersionRef ref);

    /** Forgets every part of the document up to and including the version. */
    void discard(VersionRef upTo);

    /** Returns the versions that have parts here. */
    List<VersionRef> staged();

    /** Returns the number of parts that wait. */
    int depth();

    /** Returns the number of parts of a document that wait, of whatever version. */
    int depth(CollectionName collection, String documentId);
}
