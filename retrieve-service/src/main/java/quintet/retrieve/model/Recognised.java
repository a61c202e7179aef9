package quintet.retrieve.model;

import java.util.List;
import java.util.Set;

/**
 * What a collection knows about the words of a query; only what passages have that the search's filter lets through.
 *
 * @param corrections of words that no passage has, in the order of the query
 * @param abbreviations that passages explain and of which the query has one form
 * @param values of fields that the query names
 * @param dateFields those of {@link #DATE_FIELDS} that passages have, if the query names a year
 */
public record Recognised(
        List<Correction> corrections,
        List<Abbreviation> abbreviations,
        List<KnownValue> values,
        Set<String> dateFields) {
    /** Fields that say when a document is from, the first one that there is counts. */
    public static final List<String> DATE_FIELDS = List.of("year", "date", "published", "created");

    /** Fields whose values are recognised. */
    public static final List<String> VALUE_FIELDS = List.of("author", "title", "filename");

    /** Nothing is known. */
    public static final Recognised NOTHING = new Recognised(List.of(), List.of(), List.of(), Set.of());

    /** Copies the collections. */
    public Recognised {
        corrections = List.copyOf(corrections);
        abbreviations = List.copyOf(abbreviations);
        values = List.copyOf(values);
        dateFields = Set.copyOf(dateFields);
    }
}
