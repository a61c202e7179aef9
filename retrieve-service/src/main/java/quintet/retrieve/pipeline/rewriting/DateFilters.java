package quintet.retrieve.pipeline.rewriting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.RangeEnd;
import quintet.retrieve.model.Recognised;
import quintet.retrieve.model.RecognisedFilter;
import quintet.retrieve.model.TimeSpan;

/**
 * Times in a question ("since 2020", "in 2024-05", "between 2018 and 2020"), as ranges of the field that says when documents are from.
 */
final class DateFilters {
    private static final String TIME = "((?:19|20)\\d\\d(?:-\\d\\d(?:-\\d\\d)?)?)(?![\\d-])";
    private static final Pattern BETWEEN = Pattern.compile(
            "\\b(?:between|from)\\s+" + TIME + "\\s+(?:and|to|until|till)\\s+" + TIME, Pattern.CASE_INSENSITIVE);
    private static final Pattern ONE = Pattern.compile(
            "\\b(since|after|before|until|till|in|of|from|during)\\s+" + TIME, Pattern.CASE_INSENSITIVE);

    private static final String YEAR_FIELD = "year";

    private DateFilters() {}

    /** Returns at most one filter, of the first time that is named. */
    static List<RecognisedFilter> in(String text, Set<String> fields) {
        Optional<String> field =
                Recognised.DATE_FIELDS.stream().filter(fields::contains).findFirst();
        return field.flatMap(name -> in(text, name)).stream().toList();
    }

    private static Optional<RecognisedFilter> in(String text, String field) {
        Matcher between = BETWEEN.matcher(text);
        if (between.find()) {
            return filter(field, between.group(1), between.group(2), true)
                    .map(filter -> recognised(filter, between.group()));
        }
        Matcher one = ONE.matcher(text);
        if (!one.find()) {
            return Optional.empty();
        }
        String time = one.group(2);
        Optional<MetadataFilter> filter = switch (one.group(1).toLowerCase(Locale.ROOT)) {
            case "since" -> filter(field, time, null, true);
            case "after" -> filter(field, time, null, false);
            case "before" -> filter(field, null, time, false);
            case "until", "till" -> filter(field, null, time, true);
            default -> filter(field, time, time, true);
        };
        return filter.map(found -> recognised(found, one.group()));
    }

    private static RecognisedFilter recognised(MetadataFilter filter, String words) {
        return new RecognisedFilter(filter, words, RecognisedFilter.Use.SUGGESTED);
    }

    /** Years are numbers in {@code year} and may be numbers or times elsewhere; days and months are times. */
    private static Optional<MetadataFilter> filter(
            String field, @Nullable String from, @Nullable String to, boolean inclusive) {
        List<MetadataFilter> ways = new ArrayList<>();
        if (isYear(from) && isYear(to)) {
            ways.add(new MetadataFilter.Range(field, number(from, inclusive), number(to, inclusive)));
        }
        if (!field.equals(YEAR_FIELD)) {
            times(field, from, to, inclusive).ifPresent(ways::add);
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(MetadataFilter.any(ways));
    }

    private static boolean isYear(@Nullable String time) {
        return time == null || time.length() == 4;
    }

    private static @Nullable RangeEnd number(@Nullable String year, boolean inclusive) {
        return year == null ? null : new RangeEnd.Numeric(Integer.parseInt(year), inclusive);
    }

    private static Optional<MetadataFilter> times(
            String field, @Nullable String from, @Nullable String to, boolean inclusive) {
        Optional<Instant> first = Optional.ofNullable(from).flatMap(text -> inclusive ? begin(text) : end(text));
        Optional<Instant> last = Optional.ofNullable(to).flatMap(text -> inclusive ? end(text) : begin(text));
        if (first.isPresent() != (from != null) || last.isPresent() != (to != null)) {
            return Optional.empty();
        }
        return Optional.of(new MetadataFilter.Range(
                field,
                first.map(at -> new RangeEnd.Moment(at, inclusive)).orElse(null),
                last.map(at -> new RangeEnd.Moment(at, inclusive)).orElse(null)));
    }

    private static Optional<Instant> begin(String time) {
        return TimeSpan.read(time.length() == 4 ? time + "-01" : time).map(TimeSpan::first);
    }

    private static Optional<Instant> end(String time) {
        return TimeSpan.read(time.length() == 4 ? time + "-12" : time).map(TimeSpan::last);
    }
}
