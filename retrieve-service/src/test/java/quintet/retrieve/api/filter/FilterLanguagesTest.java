package quintet.retrieve.api.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import quintet.retrieve.RandomFilters;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.RangeEnd;
import quintet.retrieve.v1.Filter;
import quintet.retrieve.v1.FilterGroup;
import quintet.retrieve.v1.PrefixFilter;
import quintet.retrieve.v1.RangeBound;
import quintet.retrieve.v1.RangeFilter;
import quintet.retrieve.v1.SearchRequest;

/** The text, JSON and protobuf of a filter give the same filter. */
class FilterLanguagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void allThreeReadTheSame() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        RandomFilters random = new RandomFilters(new Random(seed));
        for (int i = 0; i < 10_000; i++) {
            MetadataFilter filter = random.filter(1 + i % 4);
            String text = FilterText.of(filter);
            assertThat(Filters.ofText(text)).as("seed %d, %s", seed, text).isEqualTo(filter);
            JsonNode json = JSON.readTree(json(filter).toString());
            assertThat(Filters.ofJson(json)).as("seed %d, %s", seed, json).isEqualTo(filter);
            Filter proto = Filter.parseFrom(proto(filter).toByteArray());
            assertThat(FilterProtoMapping.toModel(
                            SearchRequest.newBuilder().setFilter(proto).build()))
                    .as("seed %d, %s", seed, proto)
                    .isEqualTo(filter);
        }
    }

    private static ObjectNode json(MetadataFilter filter) {
        ObjectNode object = JSON.createObjectNode();
        switch (filter) {
            case MetadataFilter.All all ->
                object.putArray("and")
                        .addAll(all.filters().stream()
                                .map(FilterLanguagesTest::json)
                                .toList());
            case MetadataFilter.Any any ->
                object.putArray("or")
                        .addAll(any.filters().stream()
                                .map(FilterLanguagesTest::json)
                                .toList());
            case MetadataFilter.Not not -> object.set("not", json(not.filter()));
            case MetadataFilter.In in ->
                in.values().forEach(object.putObject(in.field()).putArray("in")::add);
            case MetadataFilter.Prefix prefix ->
                object.putObject(prefix.field()).put("prefix", prefix.prefix());
            case MetadataFilter.Exists exists ->
                object.putObject(exists.field()).put("exists", true);
            case MetadataFilter.Range range -> {
                ObjectNode ends = object.putObject(range.field());
                if (range.from() != null) {
                    put(ends, range.from().inclusive() ? "gte" : "gt", range.from());
                }
                if (range.to() != null) {
                    put(ends, range.to().inclusive() ? "lte" : "lt", range.to());
                }
            }
        }
        return object;
    }

    private static void put(ObjectNode ends, String name, RangeEnd end) {
        switch (end) {
            case RangeEnd.Numeric number -> ends.put(name, number.value());
            case RangeEnd.Moment moment -> ends.put(name, moment.value().toString());
        }
    }

    private static Filter proto(MetadataFilter filter) {
        Filter.Builder proto = Filter.newBuilder();
        switch (filter) {
            case MetadataFilter.All all ->
                proto.setAll(FilterGroup.newBuilder()
                        .addAllFilters(all.filters().stream()
                                .map(FilterLanguagesTest::proto)
                                .toList()));
            case MetadataFilter.Any any ->
                proto.setAny(FilterGroup.newBuilder()
                        .addAllFilters(any.filters().stream()
                                .map(FilterLanguagesTest::proto)
                                .toList()));
            case MetadataFilter.Not not -> proto.setNot(proto(not.filter()));
            case MetadataFilter.In in -> proto.setIn(in(in.field(), in.values()));
            case MetadataFilter.Prefix prefix ->
                proto.setPrefix(
                        PrefixFilter.newBuilder().setField(prefix.field()).setPrefix(prefix.prefix()));
            case MetadataFilter.Exists exists -> proto.setExists(exists.field());
            case MetadataFilter.Range range -> {
                RangeFilter.Builder ends = RangeFilter.newBuilder().setField(range.field());
                if (range.from() != null) {
                    var _ = range.from().inclusive()
                            ? ends.setGte(bound(range.from()))
                            : ends.setGt(bound(range.from()));
                }
                if (range.to() != null) {
                    var _ = range.to().inclusive() ? ends.setLte(bound(range.to())) : ends.setLt(bound(range.to()));
                }
                proto.setRange(ends);
            }
        }
        return proto.build();
    }

    private static quintet.retrieve.v1.MetadataFilter in(String field, SortedSet<String> values) {
        return quintet.retrieve.v1.MetadataFilter.newBuilder()
                .setField(field)
                .addAllValues(values)
                .build();
    }

    private static RangeBound bound(RangeEnd end) {
        return switch (end) {
            case RangeEnd.Numeric number ->
                RangeBound.newBuilder().setNumber(number.value()).build();
            case RangeEnd.Moment moment ->
                RangeBound.newBuilder().setText(moment.value().toString()).build();
        };
    }
}
