package quintet.ingest.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Documents of a collection that are not deleted. */
public sealed interface Selection {
    /** All of them. */
    record Everything() implements Selection {}

    /**
     * Those that meet every condition; at least one condition, each with at least one value.
     *
     * @param ids only these; empty for no such condition
     * @param states only in one of these; empty for no such condition
     * @param fields each of these fields has one of its values: {@code filename}, {@code title}, {@code source}, {@code
     *     mimeType}, {@code language} or a metadata key
     */
    record Matching(Set<String> ids, Set<DocumentState> states, Map<String, Set<String>> fields) implements Selection {
        /** Copies the sets; refuses to stand for everything. */
        public Matching {
            ids = Set.copyOf(ids);
            states = Set.copyOf(states);
            fields = fields.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, field -> Set.copyOf(field.getValue()), (a, _) -> a, TreeMap::new));
            if (ids.isEmpty() && states.isEmpty() && fields.isEmpty()) {
                throw new IllegalArgumentException("a selection without a condition");
            }
            if (fields.values().stream().anyMatch(Set::isEmpty)) {
                throw new IllegalArgumentException("a condition without a value");
            }
        }
    }

    /**
     * How much a selection has.
     *
     * @param documents number of documents
     * @param sample some of their ids, by id
     */
    record Size(long documents, List<String> sample) {
        /** Copies the sample. */
        public Size {
            sample = List.copyOf(sample);
        }
    }
}
