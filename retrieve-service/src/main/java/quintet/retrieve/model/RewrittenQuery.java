package quintet.retrieve.model;

import java.util.List;

/**
 * A query as it is searched.
 *
 * @param variants the first is the query itself; those behind it count half as much
 * @param corrections words that were searched as others too
 * @param abbreviations that were searched in both forms
 * @param filters that were recognised
 * @param degraded steps that were left out: {@code rewriting}, when the model server did not answer as it should
 */
public record RewrittenQuery(
        List<QueryVariant> variants,
        List<Correction> corrections,
        List<Abbreviation> abbreviations,
        List<RecognisedFilter> filters,
        List<String> degraded) {
    /** Copies the lists. */
    public RewrittenQuery {
        variants = List.copyOf(variants);
        corrections = List.copyOf(corrections);
        abbreviations = List.copyOf(abbreviations);
        filters = List.copyOf(filters);
        degraded = List.copyOf(degraded);
    }

    /** Returns the query as it was asked. */
    public static RewrittenQuery asAsked(Query query) {
        return new RewrittenQuery(
                List.of(QueryVariant.of(QueryVariant.Kind.QUERY, query.text(), query.filter())),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Returns whether a recognised filter restricts the search. */
    public boolean isRestricted() {
        return filters.stream().anyMatch(filter -> filter.use() == RecognisedFilter.Use.APPLIED);
    }

    /** Returns the same without the recognised filters, which are dropped. */
    public RewrittenQuery unrestricted(MetadataFilter filter) {
        return new RewrittenQuery(
                variants.stream().map(variant -> variant.under(filter)).toList(),
                corrections,
                abbreviations,
                filters.stream()
                        .map(each -> each.as(RecognisedFilter.Use.DROPPED))
                        .toList(),
                degraded);
    }

    /** Returns the query in the form that stands by itself, as its vector was made. */
    public String standalone() {
        return variants.getFirst().text().orElseThrow();
    }
}
