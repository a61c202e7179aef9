package quintet.retrieve.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RewrittenQuery;

/**
 * What was searched.
 *
 * @param queries the first is the query itself as it was searched
 * @param corrections words that the collection does not know, and what was searched beside them
 * @param abbreviations of which the query had one form and both were searched
 * @param filters that were recognised in the query
 */
public record RewritingReply(
        List<SearchedQuery> queries,
        List<CorrectionReply> corrections,
        List<AbbreviationReply> abbreviations,
        List<FilterReply> filters) {
    /**
     * A query that was searched.
     *
     * @param kind {@code query}, {@code multi-query}, {@code hyde}, {@code step-back}, {@code decompose} or {@code filtered}
     * @param text what the vector was made of
     * @param words what was searched by words; absent where no words were searched
     * @param also words that counted beside those
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SearchedQuery(
            String kind, @Nullable String text, @Nullable String words, List<Also> also) {}

    /**
     * Words beside a query.
     *
     * @param weight of each of them; a word of the query has 1
     */
    public record Also(String text, double weight) {}

    /** A word and what was searched beside it. */
    public record CorrectionReply(String word, String correction) {}

    /** Both forms of an abbreviation. */
    public record AbbreviationReply(String shortForm, String longForm) {}

    /**
     * A filter.
     *
     * @param filter in the short form
     * @param words of the query that it was recognised by
     * @param use {@code suggested}, {@code boosted}, {@code applied}, or {@code dropped} because it left nothing
     */
    public record FilterReply(String filter, String words, String use) {}

    static RewritingReply of(RewrittenQuery rewritten) {
        return new RewritingReply(
                rewritten.variants().stream().map(RewritingReply::of).toList(),
                rewritten.corrections().stream()
                        .map(each -> new CorrectionReply(each.word(), each.correction()))
                        .toList(),
                rewritten.abbreviations().stream()
                        .map(each -> new AbbreviationReply(each.shortForm(), each.longForm()))
                        .toList(),
                rewritten.filters().stream()
                        .map(each -> new FilterReply(FilterText.of(each.filter()), each.words(), written(each.use())))
                        .toList());
    }

    private static SearchedQuery of(QueryVariant variant) {
        return new SearchedQuery(
                written(variant.kind()),
                variant.text().orElse(null),
                variant.words().map(LexicalQuery::text).orElse(null),
                variant.words().map(LexicalQuery::also).orElse(List.of()).stream()
                        .map(also -> new Also(also.text(), Math.round(also.weight() * 1000) / 1000.0))
                        .toList());
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
