package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.RangeEnd;

/** Turns filters into queries on {@link FilterTerms}; none of them scores. */
final class FilterQuery {
    private static final Term PASSAGE = new Term(PassageDocuments.KIND, PassageDocuments.KIND_PASSAGE);

    /** Whether every passage has the terms that earlier releases did not write. */
    private final boolean sortable;

    private FilterQuery(boolean sortable) {
        this.sortable = sortable;
    }

    /** Returns the query of what {@code filter} keeps of an index; a {@link MatchAllDocsQuery} if it keeps everything. */
    static Query of(MetadataFilter filter, IndexReader index) throws IOException {
        boolean sortable = index.docFreq(new Term(FilterTerms.FIELD, FilterTerms.SORTABLE)) == index.docFreq(PASSAGE);
        return new FilterQuery(sortable).query(filter);
    }

    private Query query(MetadataFilter filter) {
        return switch (filter) {
            case MetadataFilter.All(List<MetadataFilter> filters) ->
                filters.isEmpty() ? new MatchAllDocsQuery() : all(filters);
            case MetadataFilter.Any(List<MetadataFilter> filters) -> {
                BooleanQuery.Builder query = new BooleanQuery.Builder();
                filters.forEach(each -> query.add(query(each), Occur.SHOULD));
                yield query.build();
            }
            case MetadataFilter.Not not -> all(List.of(not));
            case MetadataFilter.In in ->
                new TermInSetQuery(
                        FilterTerms.FIELD,
                        in.values().stream()
                                .map(value -> FilterTerms.exact(in.field(), value))
                                .toList());
            case MetadataFilter.Range range -> sortable ? range(range) : new PlainRangeQuery(range);
            case MetadataFilter.Prefix(String field, String prefix) ->
                new PrefixQuery(new Term(FilterTerms.FIELD, FilterTerms.exact(field, prefix)));
            case MetadataFilter.Exists(String field) -> sortable ? present(field) : plain(field);
        };
    }

    private Query all(List<MetadataFilter> filters) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        boolean nothingToTakeFrom = true;
        for (MetadataFilter filter : filters) {
            if (filter instanceof MetadataFilter.Not(MetadataFilter negated)) {
                query.add(query(negated), Occur.MUST_NOT);
            } else {
                query.add(query(filter), Occur.FILTER);
                nothingToTakeFrom = false;
            }
        }
        if (nothingToTakeFrom) {
            query.add(new TermQuery(PASSAGE), Occur.FILTER);
        }
        return query.build();
    }

    private static Query range(MetadataFilter.Range range) {
        RangeEnd from = range.from();
        RangeEnd to = range.to();
        boolean numbers = from instanceof RangeEnd.Numeric || to instanceof RangeEnd.Numeric;
        String field = range.field();
        return between(
                from == null
                        ? FilterTerms.first(field, numbers ? FilterTerms.NUMBER : FilterTerms.TIME)
                        : end(field, from),
                from == null || from.inclusive(),
                to == null
                        ? FilterTerms.first(field, numbers ? FilterTerms.TIME : FilterTerms.PRESENT)
                        : end(field, to),
                to != null && to.inclusive());
    }

    private static Query present(String field) {
        return new TermQuery(new Term(FilterTerms.FIELD, FilterTerms.first(field, FilterTerms.PRESENT)));
    }

    /** Returns the query of every value, as it is or hashed. */
    private static Query plain(String field) {
        BytesRef from = FilterTerms.first(field, FilterTerms.PLAIN);
        return between(from, true, FilterTerms.first(field, FilterTerms.NUMBER), false);
    }

    private static BytesRef end(String field, RangeEnd end) {
        return switch (end) {
            case RangeEnd.Numeric number -> FilterTerms.number(field, number.value());
            case RangeEnd.Moment moment -> FilterTerms.time(field, moment.value());
        };
    }

    private static Query between(BytesRef from, boolean withFrom, BytesRef to, boolean withTo) {
        return new TermRangeQuery(FilterTerms.FIELD, from, to, withFrom, withTo);
    }
}
