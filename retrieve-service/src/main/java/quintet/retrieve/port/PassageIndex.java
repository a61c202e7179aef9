package quintet.retrieve.port;

import io.smallrye.mutiny.Uni;
import java.util.List;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionInfo;

/** Finds passages. Never blocks the caller; fails with OVERLOADED when too many searches wait. */
public interface PassageIndex {
    /**
     * Opens a collection as it is now.
     *
     * @param access what every search in the view is confined to
     * @return a view that the caller closes; fails with NOT_FOUND and reason COLLECTION_NOT_FOUND, or with UNAVAILABLE
     *     and reason INDEX_UNREADABLE
     */
    Uni<PassageView> open(CollectionAccess access);

    /** Returns the collections by name; one whose index can not be read is left out and logged. */
    Uni<List<CollectionInfo>> collections();
}
