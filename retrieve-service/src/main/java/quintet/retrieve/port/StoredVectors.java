package quintet.retrieve.port;

import java.util.Set;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentVectors;

/** Reads vectors out of the index, to be taken elsewhere. Blocks the calling thread, which should be a virtual one. */
public interface StoredVectors {
    /**
     * Returns vectors of the version of a document that searches find now.
     *
     * @param chunkIds of the passages whose vectors are wanted
     * @return those that are there; fails with UNAVAILABLE and reason INDEX_UNREADABLE
     */
    DocumentVectors read(CollectionName collection, String documentId, Set<String> chunkIds);
}
