package quintet.retrieve.adapter.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import quintet.retrieve.model.CollectionName;

/**
 * Who may see a passage, in a Lucene field of its own that no metadata reaches: terms of the tenant and one of its groups, or of
 * the tenant and nothing for everybody of it. A passage with none of a caller's terms is not theirs.
 */
final class AccessTerms {
    static final String FIELD = "access";

    /** On each passage that has terms of access; passages of earlier releases have none. */
    static final Term PRESENT = new Term(FIELD, "\u0002");

    /** Between tenant and group; neither has it. */
    private static final char SEPARATOR = '\u0001';

    private AccessTerms() {}

    /** Returns the terms of a passage. */
    static List<BytesRef> of(CollectionName collection, List<String> groups) {
        List<BytesRef> terms = new ArrayList<>();
        terms.add(PRESENT.bytes());
        if (groups.isEmpty()) {
            terms.add(everybody(collection));
        }
        groups.forEach(group -> terms.add(group(collection, group)));
        return terms;
    }

    /** Returns the term of what everybody of the tenant may see. */
    static BytesRef everybody(CollectionName collection) {
        return group(collection, "");
    }

    /** Returns the beginning of all terms of the tenant. */
    static Term anyOf(CollectionName collection) {
        return new Term(FIELD, everybody(collection));
    }

    /** Returns the terms of what somebody in {@code groups} may see. */
    static List<BytesRef> allowed(CollectionName collection, Set<String> groups) {
        List<BytesRef> terms = new ArrayList<>();
        terms.add(everybody(collection));
        groups.forEach(group -> terms.add(group(collection, group)));
        return terms;
    }

    private static BytesRef group(CollectionName collection, String group) {
        return new BytesRef(collection.tenant() + SEPARATOR + group);
    }
}
