package quintet.retrieve.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The short form of filters, such as {@code year >= 2020 and author = "Kim"}, as a person writes it. */
public final class FilterText {
    /** The words of the language; a field with such a name is quoted. */
    public static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "starts", "with", "exists");

    private static final Pattern BARE_FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private FilterText() {}

    /**
     * Writes a filter so that reading it gives an equal one, if it is in the form that {@link MetadataFilter#all} and
     * {@link MetadataFilter#any} return.
     *
     * @return empty for {@link MetadataFilter#NONE}
     */
    public static String of(MetadataFilter filter) {
        return switch (filter) {
            case MetadataFilter.All(List<MetadataFilter> parts) -> joined(parts, " and ");
            case MetadataFilter.Any(List<MetadataFilter> parts) -> joined(parts, " or ");
            case MetadataFilter.Not(MetadataFilter.In in) -> set(in, "!=", "not in");
            case MetadataFilter.Not(MetadataFilter negated) -> "not " + part(negated);
            case MetadataFilter.In in -> set(in, "=", "in");
            case MetadataFilter.Range range -> range(range);
            case MetadataFilter.Prefix(String field, String prefix) ->
                field(field) + " starts with " + quoted(prefix, '"');
            case MetadataFilter.Exists(String field) -> field(field) + " exists";
        };
    }

    private static String joined(List<MetadataFilter> parts, String word) {
        return parts.stream().map(FilterText::part).collect(Collectors.joining(word));
    }

    /** What is written with more than one condition is put in parentheses. */
    private static String part(MetadataFilter filter) {
        boolean several = switch (filter) {
            case MetadataFilter.All _, MetadataFilter.Any _ -> true;
            case MetadataFilter.Range range -> range.from() != null && range.to() != null;
            case MetadataFilter.Not _, MetadataFilter.In _, MetadataFilter.Prefix _, MetadataFilter.Exists _ -> false;
        };
        return several ? "(" + of(filter) + ")" : of(filter);
    }

    private static String set(MetadataFilter.In in, String one, String many) {
        String values = in.values().stream().map(value -> quoted(value, '"')).collect(Collectors.joining(", "));
        return field(in.field())
                + (in.values().size() == 1 ? " " + one + " " + values : " " + many + " (" + values + ")");
    }

    private static String range(MetadataFilter.Range range) {
        RangeEnd from = range.from();
        RangeEnd to = range.to();
        String field = field(range.field());
        String lower = from == null ? "" : field + (from.inclusive() ? " >= " : " > ") + end(from);
        String upper = to == null ? "" : field + (to.inclusive() ? " <= " : " < ") + end(to);
        return lower + (from == null || to == null ? "" : " and ") + upper;
    }

    private static String end(RangeEnd end) {
        return switch (end) {
            case RangeEnd.Numeric(double value, boolean _) ->
                value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : Double.toString(value);
            case RangeEnd.Moment(Instant value, boolean _) -> value.toString();
        };
    }

    private static String field(String field) {
        return BARE_FIELD.matcher(field).matches() && !KEYWORDS.contains(field.toLowerCase(Locale.ROOT))
                ? field
                : quoted(field, '`');
    }

    private static String quoted(String text, char quote) {
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append(quote).toString();
    }
}
