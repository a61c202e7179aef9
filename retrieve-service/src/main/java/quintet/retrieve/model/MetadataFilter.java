package quintet.retrieve.model;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which passages a search looks at; applied inside the search, so that a filter never empties a page of hits. */
public sealed interface MetadataFilter {
    /** Lets every passage through. */
    MetadataFilter NONE = new AllOf(List.of());

    /**
     * Keeps passages whose field has one of the values.
     *
     * @param field documentId, filename, title, source, mimeType, language or a metadata key
     * @param values at least one, compared exactly
     */
    record AnyOf(String field, SortedSet<String> values) implements MetadataFilter {
        /** Copies the values. */
        public AnyOf {
            if (field.isEmpty() || values.isEmpty()) {
                throw new IllegalArgumentException("a filter needs a field and a value");
            }
            values = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }
    }

    /** Keeps passages that every one of the filters keeps. */
    record AllOf(List<MetadataFilter> filters) implements MetadataFilter {
        /** Copies the filters. */
        public AllOf {
            filters = List.copyOf(filters);
        }
    }
}
