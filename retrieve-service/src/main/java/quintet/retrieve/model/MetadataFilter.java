package quintet.retrieve.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which passages a search looks at; applied inside the search, so that a filter never empties a page of hits.
 *
 * <p>A field is documentId, filename, title, source, mimeType, language or a metadata key, and has one text as its value or
 * none; an empty text is none. A filter that can match nothing is as good as any other. What breaks a bound is refused with
 * an {@link IllegalArgumentException} that names the value and the bound.
 */
public sealed interface MetadataFilter {
    /** Most levels, a condition itself being one. */
    int MAX_DEPTH = 16;

    /** Most conditions, negations and groups together; with the words of a query they stay below Lucene's 1,024 clauses. */
    int MAX_CLAUSES = 128;

    /** Longest field name in UTF-16 code units. */
    int MAX_FIELD_LENGTH = 256;

    /** Most values of a set. */
    int MAX_VALUES = 256;

    /** Longest value in UTF-16 code units. */
    int MAX_VALUE_LENGTH = 8192;

    /** Longest prefix in UTF-16 code units; longer values have no prefixes. */
    int MAX_PREFIX_LENGTH = 1000;

    /** Lets every passage through. */
    MetadataFilter NONE = new All(List.of());

    /**
     * Returns what keeps the passages that every one of {@code filters} keeps, in its shortest form: one filter stands for
     * itself, and the two halves of a range become one.
     */
    static MetadataFilter all(List<MetadataFilter> filters) {
        List<MetadataFilter> kept = new ArrayList<>();
        for (MetadataFilter filter : filters) {
            if (!(filter instanceof Range range) || !range.joins(kept)) {
                kept.add(filter);
            }
        }
        return kept.size() == 1 ? kept.getFirst() : new All(kept);
    }

    /** Returns what keeps the passages that one of {@code filters} keeps; one filter stands for itself. */
    static MetadataFilter any(List<MetadataFilter> filters) {
        return filters.size() == 1 ? filters.getFirst() : new Any(filters);
    }

    /** Keeps passages that every one of the filters keeps; without filters, all passages. */
    record All(List<MetadataFilter> filters) implements MetadataFilter {
        /** Copies the filters. */
        public All {
            filters = List.copyOf(filters);
            checkSize(filters);
        }
    }

    /** Keeps passages that at least one of the filters keeps; there is at least one. */
    record Any(List<MetadataFilter> filters) implements MetadataFilter {
        /** Copies the filters. */
        public Any {
            filters = List.copyOf(filters);
            check(!filters.isEmpty(), "there are 0 alternatives, must be at least 1");
            checkSize(filters);
        }
    }

    /** Keeps passages that the filter does not keep, so those without the field too. */
    record Not(MetadataFilter filter) implements MetadataFilter {
        /** Refuses what is nested too deeply. */
        public Not {
            checkSize(List.of(filter));
        }
    }

    /**
     * Keeps passages whose field has one of the values.
     *
     * @param values 1 to {@value #MAX_VALUES} of at most {@value #MAX_VALUE_LENGTH} UTF-16 code units, compared exactly
     */
    record In(String field, SortedSet<String> values) implements MetadataFilter {
        /** Copies the values. */
        public In {
            checkField(field);
            check(
                    !values.isEmpty() && values.size() <= MAX_VALUES,
                    "there are %d values, must have 1 to %d".formatted(values.size(), MAX_VALUES));
            for (String value : values) {
                check(
                        value.length() <= MAX_VALUE_LENGTH,
                        "a value has %d characters, must have at most %d".formatted(value.length(), MAX_VALUE_LENGTH));
            }
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }
    }

    /**
     * Keeps passages whose value lies between two ends and reads as what they are: as a number between numbers, as a time
     * between times.
     *
     * @param from lower end, absent if there is none
     * @param to upper end, absent if there is none; at least one of the two is there
     */
    record Range(
            String field, @Nullable RangeEnd from, @Nullable RangeEnd to) implements MetadataFilter {
        /** Refuses a range without ends and one between a number and a time. */
        public Range {
            checkField(field);
            check(from != null || to != null, "a range has no end, must have at least 1");
            check(
                    from == null || to == null || from.getClass() == to.getClass(),
                    "one end of the range is a number and the other a time");
        }

        /** Puts this range together with one of {@code filters} that lacks just this half; returns whether there was one. */
        private boolean joins(List<MetadataFilter> filters) {
            for (int i = 0; i < filters.size(); i++) {
                Optional<Range> whole = filters.get(i) instanceof Range other ? other.with(this) : Optional.empty();
                if (whole.isPresent()) {
                    filters.set(i, whole.get());
                    return true;
                }
            }
            return false;
        }

        private Optional<Range> with(Range other) {
            RangeEnd lower = from == null ? other.from : from;
            RangeEnd upper = to == null ? other.to : to;
            boolean halves = field.equals(other.field)
                    && (from == null) != (to == null)
                    && (from == null) == (other.to == null)
                    && (to == null) == (other.from == null);
            return halves && lower != null && upper != null && lower.getClass() == upper.getClass()
                    ? Optional.of(new Range(field, lower, upper))
                    : Optional.empty();
        }
    }

    /**
     * Keeps passages whose value begins with a text, compared exactly. Values of more than {@value #MAX_PREFIX_LENGTH} UTF-16
     * code units begin with nothing.
     *
     * @param prefix 1 to {@value #MAX_PREFIX_LENGTH} UTF-16 code units
     */
    record Prefix(String field, String prefix) implements MetadataFilter {
        /** Refuses a prefix that is empty or too long. */
        public Prefix {
            checkField(field);
            check(
                    !prefix.isEmpty() && prefix.length() <= MAX_PREFIX_LENGTH,
                    "the prefix has %d characters, must have 1 to %d".formatted(prefix.length(), MAX_PREFIX_LENGTH));
        }
    }

    /** Keeps passages that have the field. */
    record Exists(String field) implements MetadataFilter {
        /** Refuses what can be no field. */
        public Exists {
            checkField(field);
        }
    }

    /** Returns whether {@code field} has a name that can be filtered by: 1 to 256 characters, none of them a control. */
    static boolean isField(String field) {
        return !field.isEmpty()
                && field.length() <= MAX_FIELD_LENGTH
                && field.chars().noneMatch(Character::isISOControl);
    }

    private static void checkField(String field) {
        check(
                !field.isEmpty() && field.length() <= MAX_FIELD_LENGTH,
                "the field has %d characters, must have 1 to %d".formatted(field.length(), MAX_FIELD_LENGTH));
        check(isField(field), "the field has a control character, must have none");
    }

    private static void checkSize(List<MetadataFilter> parts) {
        check(parts.stream().noneMatch(MetadataFilter::isNone), "a part has no condition, must have at least 1");
        int depth = 1 + parts.stream().mapToInt(MetadataFilter::depth).max().orElse(0);
        check(depth <= MAX_DEPTH, "there are %d levels, must be at most %d".formatted(depth, MAX_DEPTH));
        int clauses = 1 + parts.stream().mapToInt(MetadataFilter::clauses).sum();
        check(
                clauses <= MAX_CLAUSES,
                "there are %d conditions and groups, must be at most %d".formatted(clauses, MAX_CLAUSES));
    }

    private static boolean isNone(MetadataFilter filter) {
        return filter instanceof All(List<MetadataFilter> parts) && parts.isEmpty();
    }

    private static int depth(MetadataFilter filter) {
        return switch (filter) {
            case All(List<MetadataFilter> parts) ->
                1 + parts.stream().mapToInt(MetadataFilter::depth).max().orElse(0);
            case Any(List<MetadataFilter> parts) ->
                1 + parts.stream().mapToInt(MetadataFilter::depth).max().orElse(0);
            case Not(MetadataFilter part) -> 1 + depth(part);
            case In _, Range _, Prefix _, Exists _ -> 1;
        };
    }

    private static int clauses(MetadataFilter filter) {
        return switch (filter) {
            case All(List<MetadataFilter> parts) ->
                1 + parts.stream().mapToInt(MetadataFilter::clauses).sum();
            case Any(List<MetadataFilter> parts) ->
                1 + parts.stream().mapToInt(MetadataFilter::clauses).sum();
            case Not(MetadataFilter part) -> 1 + clauses(part);
            case In _, Range _, Prefix _, Exists _ -> 1;
        };
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
