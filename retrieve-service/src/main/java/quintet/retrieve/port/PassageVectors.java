package quintet.retrieve.port;

import java.util.Map;
import java.util.Set;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;

/** Reads vectors out of the index, for passages that are unchanged. Blocks the calling thread, which should be a virtual one. */
public interface PassageVectors {
    /**
     * Looks vectors up among the passages of a document that searches find now, of whichever version.
     *
     * @param ref the version that needs them
     * @param model that they must be of; its dimension says where they lie
     * @return those that are there, bit for bit as they were written; fails with UNAVAILABLE and reason INDEX_UNREADABLE
     */
    Map<VectorKey, UnitVector> find(VersionRef ref, ModelRef model, Set<VectorKey> keys);
}
