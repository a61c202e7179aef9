package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.HasIdCondition;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.RepeatedStrings;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.RangeEnd;

/** Filters as Qdrant applies them inside its searches. */
final class Conditions {
    private Conditions() {}

    /** Returns what keeps the points that a search sees which has begun at {@code generation}. */
    static Filter.Builder visible(long generation) {
        return Filter.newBuilder()
                .addMust(atMost(Payload.FROM, generation))
                .addMustNot(atMost(Payload.UNTIL, generation));
    }

    /** Returns what keeps the points that a caller may see. */
    static Condition allowed(CollectionAccess access) {
        return any(AccessPayload.FIELD, AccessPayload.allowed(access));
    }

    /** Returns what keeps the points of documents. */
    static Condition documents(Collection<String> ids) {
        return any(Payload.DOCUMENT, ids);
    }

    static Condition ids(Collection<PointId> ids) {
        return Condition.newBuilder()
                .setHasId(HasIdCondition.newBuilder().addAllHasId(ids))
                .build();
    }

    static Condition atMost(String field, long number) {
        return range(field, Range.newBuilder().setLte((double) number));
    }

    static Condition above(String field, long number) {
        return range(field, Range.newBuilder().setGt((double) number));
    }

    /** Returns the condition that a filter is. */
    static Condition of(MetadataFilter filter) {
        return switch (filter) {
            case MetadataFilter.All(List<MetadataFilter> filters) -> all(filters);
            case MetadataFilter.Any(List<MetadataFilter> filters) -> {
                Filter.Builder any = Filter.newBuilder();
                filters.forEach(each -> any.addShould(of(each)));
                yield group(any);
            }
            case MetadataFilter.Not not -> all(List.of(not));
            case MetadataFilter.In in ->
                any(
                        FilterPayload.TERMS,
                        in.values().stream()
                                .map(value -> FilterPayload.term(in.field(), value))
                                .toList());
            case MetadataFilter.Range range -> range(range);
            case MetadataFilter.Prefix(String field, String prefix) -> prefix(field, prefix);
            case MetadataFilter.Exists(String field) -> any(FilterPayload.FIELDS, List.of(field));
        };
    }

    private static Condition all(List<MetadataFilter> filters) {
        Filter.Builder all = Filter.newBuilder();
        for (MetadataFilter filter : filters) {
            if (filter instanceof MetadataFilter.Not(MetadataFilter negated)) {
                all.addMustNot(of(negated));
            } else {
                all.addMust(of(filter));
            }
        }
        return group(all);
    }

    private static Condition range(MetadataFilter.Range range) {
        RangeEnd from = range.from();
        RangeEnd to = range.to();
        if (from instanceof RangeEnd.Moment || to instanceof RangeEnd.Moment) {
            Filter.Builder between = Filter.newBuilder();
            if (from instanceof RangeEnd.Moment(Instant value, boolean inclusive)) {
                between.addMust(beyond(range.field(), value, inclusive, true));
            }
            if (to instanceof RangeEnd.Moment(Instant value, boolean inclusive)) {
                between.addMust(beyond(range.field(), value, inclusive, false));
            }
            return group(between);
        }
        Range.Builder numbers = Range.newBuilder();
        set(numbers, (RangeEnd.Numeric) from, true);
        set(numbers, (RangeEnd.Numeric) to, false);
        return range(FilterPayload.path(FilterPayload.NUMBERS, range.field()), numbers);
    }

    private static void set(Range.Builder range, RangeEnd.@Nullable Numeric end, boolean lower) {
        if (end != null) {
            set(range, end.value(), end.inclusive(), lower);
        }
    }

    private static void set(Range.Builder range, double end, boolean inclusive, boolean lower) {
        if (lower && inclusive) {
            range.setGte(end);
        } else if (lower) {
            range.setGt(end);
        } else if (inclusive) {
            range.setLte(end);
        } else {
            range.setLt(end);
        }
    }

    /** Compares times to the nanosecond, which is finer than Qdrant's own: by the second, then within it. */
    private static Condition beyond(String field, Instant end, boolean inclusive, boolean lower) {
        String seconds = FilterPayload.path(FilterPayload.SECONDS, field);
        Range.Builder nanos = Range.newBuilder();
        set(nanos, end.getNano(), inclusive, lower);
        Range.Builder otherSecond = Range.newBuilder();
        set(otherSecond, (double) end.getEpochSecond(), false, lower);
        return group(Filter.newBuilder()
                .addShould(range(seconds, otherSecond))
                .addShould(group(Filter.newBuilder()
                        .addMust(same(seconds, end.getEpochSecond()))
                        .addMust(range(FilterPayload.path(FilterPayload.NANOS, field), nanos)))));
    }

    private static Condition prefix(String field, String prefix) {
        Filter.Builder digits = Filter.newBuilder();
        long[] groups = TextDigits.of(prefix);
        for (int i = 0; i < groups.length - 1; i++) {
            digits.addMust(same(FilterPayload.digitsPath(field, i), groups[i]));
        }
        long last = groups[groups.length - 1];
        return group(digits.addMust(range(
                FilterPayload.digitsPath(field, groups.length - 1),
                Range.newBuilder().setGte((double) last).setLte((double) (last + TextDigits.spread(prefix))))));
    }

    private static Condition same(String field, long number) {
        return range(field, Range.newBuilder().setGte((double) number).setLte((double) number));
    }

    private static Condition group(Filter.Builder filter) {
        return Condition.newBuilder().setFilter(filter).build();
    }

    private static Condition range(String field, Range.Builder range) {
        return field(FieldCondition.newBuilder().setKey(field).setRange(range));
    }

    private static Condition any(String field, Collection<String> values) {
        return field(FieldCondition.newBuilder()
                .setKey(field)
                .setMatch(Match.newBuilder()
                        .setKeywords(RepeatedStrings.newBuilder().addAllStrings(values))));
    }

    private static Condition field(FieldCondition.Builder condition) {
        return Condition.newBuilder().setField(condition).build();
    }
}
