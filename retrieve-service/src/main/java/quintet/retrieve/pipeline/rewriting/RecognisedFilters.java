package quintet.retrieve.pipeline.rewriting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import quintet.retrieve.model.KnownValue;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.PlainWord;
import quintet.retrieve.model.Recognised;
import quintet.retrieve.model.RecognisedFilter;
import quintet.retrieve.model.RecognisedFilter.Use;
import quintet.retrieve.model.SelfQuery;

/**
 * Self-query: filters that a question names by itself. Always shown; whether they do anything is the caller's choice.
 *
 * <p>A file is named by its whole name, a title by two words or more, an author by all of the name: a title of one word is
 * a word like others.
 */
final class RecognisedFilters {
    private static final int MAX_VALUES = 4;

    private RecognisedFilters() {}

    static void apply(Draft draft, Recognised known, SelfQuery use) {
        if (use == SelfQuery.OFF) {
            return;
        }
        List<RecognisedFilter> filters = new ArrayList<>(values(known.values()));
        filters.addAll(DateFilters.in(draft.text(), known.dateFields()));
        Optional<MetadataFilter> all = together(draft.query().filter(), filters);
        if (filters.isEmpty() || use == SelfQuery.SUGGEST || all.isEmpty()) {
            draft.suggest(filters);
        } else {
            Use used = use == SelfQuery.APPLY ? Use.APPLIED : Use.BOOSTED;
            draft.restrict(filters.stream().map(filter -> filter.as(used)).toList(), all.get());
        }
    }

    /** Returns a filter a field: who names two authors wants what one of them wrote. */
    private static List<RecognisedFilter> values(List<KnownValue> values) {
        List<KnownValue> named = values.stream()
                .filter(RecognisedFilters::isNamed)
                // What is a title and a file name at once is one filter, and so is what others are a part of.
                .filter(value -> values.stream().noneMatch(other -> covers(other, value, values)))
                .toList();
        List<RecognisedFilter> filters = new ArrayList<>();
        for (String field : Recognised.VALUE_FIELDS) {
            List<KnownValue> ofField = named.stream()
                    .filter(value -> value.field().equals(field))
                    .limit(MAX_VALUES)
                    .toList();
            if (!ofField.isEmpty()) {
                TreeSet<String> any = new TreeSet<>();
                Set<String> words = new LinkedHashSet<>();
                ofField.forEach(value -> any.add(value.value()));
                ofField.forEach(value -> words.add(value.words()));
                filters.add(new RecognisedFilter(
                        new MetadataFilter.In(field, any), String.join(", ", words), Use.SUGGESTED));
            }
        }
        return filters;
    }

    private static boolean covers(KnownValue other, KnownValue value, List<KnownValue> values) {
        if (!isNamed(other) || other.equals(value)) {
            return false;
        }
        return other.words().equals(value.words())
                ? !other.field().equals(value.field()) && values.indexOf(other) < values.indexOf(value)
                : other.words().contains(value.words());
    }

    private static boolean isNamed(KnownValue value) {
        return !value.field().equals("title") || PlainWord.of(value.value()).size() > 1;
    }

    /** Returns all filters together with the caller's; empty if they are more than a filter may be. */
    private static Optional<MetadataFilter> together(MetadataFilter own, List<RecognisedFilter> recognised) {
        List<MetadataFilter> all = new ArrayList<>();
        if (!own.equals(MetadataFilter.NONE)) {
            all.add(own);
        }
        recognised.forEach(each -> all.add(each.filter()));
        try {
            return Optional.of(MetadataFilter.all(all));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
