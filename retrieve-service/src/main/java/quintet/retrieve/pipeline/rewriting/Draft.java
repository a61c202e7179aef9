package quintet.retrieve.pipeline.rewriting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import quintet.retrieve.model.Abbreviation;
import quintet.retrieve.model.Correction;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RecognisedFilter;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.WeightedText;

/** A query on its way through the steps, which come one after the other. */
final class Draft {
    private final Query query;
    private final List<WeightedText> also = new ArrayList<>();
    private final List<QueryVariant> others = new ArrayList<>();
    private final Set<String> degraded = Collections.synchronizedSet(new LinkedHashSet<>());
    private String text;
    private String words;
    private List<Correction> corrections = List.of();
    private List<Abbreviation> abbreviations = List.of();
    private List<RecognisedFilter> filters = List.of();
    private Optional<MetadataFilter> restriction = Optional.empty();

    Draft(Query query) {
        this.query = query;
        text = query.text();
        words = query.text();
    }

    /** Returns the query as it was asked. */
    Query query() {
        return query;
    }

    /** Returns what the query reads as now, which is what its vector will be made of. */
    String text() {
        return text;
    }

    /** Returns what is searched by words: the text before any correction, and what is searched beside it. */
    LexicalQuery words() {
        return new LexicalQuery(words, also);
    }

    /** Takes another text in place of the query's, as if it had been asked. */
    void ask(String other) {
        text = cut(other);
        words = text;
    }

    /** Reads as another text; by words, the one before and {@code more} are searched. */
    void read(String other, List<WeightedText> more) {
        text = cut(other);
        also.addAll(more);
    }

    void correct(List<Correction> made) {
        corrections = made;
    }

    void abbreviate(List<Abbreviation> used) {
        abbreviations = used;
    }

    /** Notes filters that only are to be shown. */
    void suggest(List<RecognisedFilter> recognised) {
        filters = recognised;
    }

    /**
     * Notes filters that are to be used.
     *
     * @param all of them, together with the caller's own
     */
    void restrict(List<RecognisedFilter> recognised, MetadataFilter all) {
        filters = recognised;
        restriction = Optional.of(all);
    }

    void search(List<QueryVariant> more) {
        others.addAll(more);
    }

    /** Notes that a step was left out; steps of a step may do so side by side. */
    void leaveOut(String step) {
        degraded.add(step);
    }

    RewrittenQuery finish() {
        MetadataFilter own = query.filter();
        boolean applied = filters.stream().anyMatch(filter -> filter.use() == RecognisedFilter.Use.APPLIED);
        boolean boosted = filters.stream().anyMatch(filter -> filter.use() == RecognisedFilter.Use.BOOSTED);
        MetadataFilter filter = applied ? restriction.orElse(own) : own;
        List<QueryVariant> variants = new ArrayList<>();
        variants.add(variant(QueryVariant.Kind.QUERY, filter));
        if (boosted) {
            variants.add(variant(QueryVariant.Kind.FILTERED, restriction.orElse(own)));
        }
        others.forEach(other -> variants.add(other.under(filter)));
        return new RewrittenQuery(variants, corrections, abbreviations, filters, List.copyOf(degraded));
    }

    private QueryVariant variant(QueryVariant.Kind kind, MetadataFilter filter) {
        return new QueryVariant(kind, Optional.of(text), Optional.of(words()), filter);
    }

    /** A text may get longer than a query may be; its end is left out. */
    private static String cut(String text) {
        if (text.length() <= Query.MAX_LENGTH) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(Query.MAX_LENGTH - 1));
        return text.substring(0, splitsPair ? Query.MAX_LENGTH - 1 : Query.MAX_LENGTH);
    }
}
