package quintet.retrieve;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.RangeEnd;

/** What a filter means, in plain Java and without the service's own reading of values. */
public final class FilterEvaluator {
    private static final List<Function<String, Instant>> TIMES = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC),
            text -> YearMonth.parse(text).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));

    private FilterEvaluator() {}

    public static boolean keeps(MetadataFilter filter, String documentId, DocumentInfo info) {
        Map<String, String> fields = new HashMap<>(info.metadata());
        fields.put("documentId", documentId);
        fields.put("filename", info.filename());
        fields.put("title", info.title());
        fields.put("source", info.source());
        fields.put("mimeType", info.mimeType());
        fields.put("language", info.language());
        fields.values().removeIf(String::isEmpty);
        return keeps(filter, fields);
    }

    private static boolean keeps(MetadataFilter filter, Map<String, String> fields) {
        return switch (filter) {
            case MetadataFilter.All all -> all.filters().stream().allMatch(each -> keeps(each, fields));
            case MetadataFilter.Any any -> any.filters().stream().anyMatch(each -> keeps(each, fields));
            case MetadataFilter.Not not -> !keeps(not.filter(), fields);
            case MetadataFilter.In in -> {
                String value = fields.get(in.field());
                yield value != null && in.values().contains(value);
            }
            case MetadataFilter.Prefix prefix -> {
                String value = fields.get(prefix.field());
                yield value != null && value.length() <= 1000 && value.startsWith(prefix.prefix());
            }
            case MetadataFilter.Exists exists -> fields.containsKey(exists.field());
            case MetadataFilter.Range range -> {
                String value = fields.get(range.field());
                yield value != null && isBeyond(value, range.from(), 1) && isBeyond(value, range.to(), -1);
            }
        };
    }

    private static boolean isBeyond(String value, @Nullable RangeEnd end, int sign) {
        Integer order = switch (end) {
            case null -> sign;
            case RangeEnd.Numeric numeric -> {
                Double number = number(value);
                yield number == null ? null : number.compareTo(numeric.value());
            }
            case RangeEnd.Moment moment -> {
                Instant time = time(value);
                yield time == null ? null : time.compareTo(moment.value());
            }
        };
        return order != null && (order * sign > 0 || (order == 0 && end != null && end.inclusive()));
    }

    private static @Nullable Double number(String value) {
        try {
            double number = new BigDecimal(value).doubleValue();
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant time(String value) {
        for (Function<String, Instant> reading : TIMES) {
            try {
                return reading.apply(value);
            } catch (DateTimeException e) {
                // The next reading may fit.
            }
        }
        return null;
    }
}
