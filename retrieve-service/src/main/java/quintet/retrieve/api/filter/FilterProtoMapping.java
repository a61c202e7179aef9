package quintet.retrieve.api.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import quintet.retrieve.model.Comparison;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.v1.Filter;
import quintet.retrieve.v1.PrefixFilter;
import quintet.retrieve.v1.RangeBound;
import quintet.retrieve.v1.RangeFilter;
import quintet.retrieve.v1.SearchRequest;

/** From the filters of {@code retrieve_service.proto} to the model. */
public final class FilterProtoMapping {
    private FilterProtoMapping() {}

    /** Returns what all of the request's filters keep together, or fails with INVALID_FILTER that names the field. */
    public static MetadataFilter toModel(SearchRequest request) {
        List<MetadataFilter> filters = new ArrayList<>();
        for (quintet.retrieve.v1.MetadataFilter filter : request.getFiltersList()) {
            filters.add(in(filter, "filters[%d]".formatted(filters.size())));
        }
        if (request.hasFilter()) {
            filters.add(filter(request.getFilter(), "filter", 0));
        }
        if (request.hasFilterText()) {
            filters.add(Filters.ofText(request.getFilterText()));
        }
        filters.removeIf(MetadataFilter.NONE::equals);
        return InvalidFilter.checked("filter", () -> MetadataFilter.all(filters));
    }

    private static MetadataFilter filter(Filter proto, String path, int level) {
        if (level >= MetadataFilter.MAX_DEPTH) {
            throw InvalidFilter.at(path, "there are more than %d levels".formatted(MetadataFilter.MAX_DEPTH));
        }
        return switch (proto.getKindCase()) {
            case ALL -> {
                List<MetadataFilter> parts = filters(proto.getAll().getFiltersList(), path + ".all", level);
                yield InvalidFilter.checked(path, () -> MetadataFilter.all(parts));
            }
            case ANY -> {
                List<MetadataFilter> parts = filters(proto.getAny().getFiltersList(), path + ".any", level);
                yield InvalidFilter.checked(path, () -> MetadataFilter.any(parts));
            }
            case NOT -> {
                MetadataFilter negated = filter(proto.getNot(), path + ".not", level + 1);
                yield InvalidFilter.checked(path, () -> new MetadataFilter.Not(negated));
            }
            case IN -> in(proto.getIn(), path + ".in");
            case RANGE -> range(proto.getRange(), path + ".range");
            case PREFIX -> {
                PrefixFilter prefix = proto.getPrefix();
                yield InvalidFilter.checked(
                        path + ".prefix", () -> new MetadataFilter.Prefix(prefix.getField(), prefix.getPrefix()));
            }
            case EXISTS -> InvalidFilter.checked(path + ".exists", () -> new MetadataFilter.Exists(proto.getExists()));
            case KIND_NOT_SET -> throw InvalidFilter.at(path, "this filter is of no kind");
        };
    }

    private static List<MetadataFilter> filters(List<Filter> protos, String path, int level) {
        List<MetadataFilter> filters = new ArrayList<>();
        for (Filter proto : protos) {
            filters.add(filter(proto, "%s[%d]".formatted(path, filters.size()), level + 1));
        }
        return filters;
    }

    private static MetadataFilter in(quintet.retrieve.v1.MetadataFilter proto, String path) {
        return InvalidFilter.checked(
                path, () -> new MetadataFilter.In(proto.getField(), new TreeSet<>(proto.getValuesList())));
    }

    private static MetadataFilter range(RangeFilter proto, String path) {
        List<MetadataFilter> halves = new ArrayList<>();
        switch (proto.getLowerCase()) {
            case GT -> halves.add(half(proto, Comparison.MORE, proto.getGt(), path + ".gt"));
            case GTE -> halves.add(half(proto, Comparison.AT_LEAST, proto.getGte(), path + ".gte"));
            case LOWER_NOT_SET -> {}
        }
        switch (proto.getUpperCase()) {
            case LT -> halves.add(half(proto, Comparison.LESS, proto.getLt(), path + ".lt"));
            case LTE -> halves.add(half(proto, Comparison.AT_MOST, proto.getLte(), path + ".lte"));
            case UPPER_NOT_SET -> {}
        }
        if (halves.isEmpty()) {
            throw InvalidFilter.at(path, "a range has no end, must have at least 1");
        }
        return InvalidFilter.checked(path, () -> MetadataFilter.all(halves));
    }

    private static MetadataFilter half(RangeFilter range, Comparison comparison, RangeBound bound, String path) {
        if (bound.hasNumber()) {
            return InvalidFilter.checked(path, () -> comparison.range(range.getField(), bound.getNumber()));
        }
        return InvalidFilter.checked(
                path,
                () -> comparison
                        .range(range.getField(), bound.getText())
                        .orElseThrow(() -> InvalidFilter.at(
                                path,
                                "found \"%s\", must be a number or a date such as 2024-05-01"
                                        .formatted(InvalidFilter.shown(bound.getText())))));
    }
}
