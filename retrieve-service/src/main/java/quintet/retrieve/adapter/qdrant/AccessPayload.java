package quintet.retrieve.adapter.qdrant;

import java.util.ArrayList;
import java.util.List;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;

/**
 * Who may see a point, in a field of the payload that no metadata reaches: the tenant, and the tenant with each group or with
 * none for everybody of it. A point with none of a caller's is not theirs.
 */
final class AccessPayload {
    static final String FIELD = "access";

    /** Between tenant and group; neither has it. */
    private static final char SEPARATOR = '/';

    private AccessPayload() {}

    /** Returns what a point has. */
    static List<String> of(CollectionName collection, List<String> groups) {
        List<String> all = new ArrayList<>();
        all.add(collection.tenant());
        if (groups.isEmpty()) {
            all.add(collection.tenant() + SEPARATOR);
        }
        groups.forEach(group -> all.add(collection.tenant() + SEPARATOR + group));
        return all;
    }

    /** Returns what a point has one of if it may be seen. */
    static List<String> allowed(CollectionAccess access) {
        String tenant = access.collection().tenant();
        if (access.everyGroup()) {
            return List.of(tenant);
        }
        List<String> any = new ArrayList<>();
        any.add(tenant + SEPARATOR);
        access.groups().forEach(group -> any.add(tenant + SEPARATOR + group));
        return any;
    }
}
