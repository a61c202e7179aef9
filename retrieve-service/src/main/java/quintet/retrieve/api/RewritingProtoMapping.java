package quintet.retrieve.api;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import quintet.failure.Failure;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RecognisedFilter;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.Turn;
import quintet.retrieve.v1.ExpandedAbbreviation;
import quintet.retrieve.v1.Expansion;
import quintet.retrieve.v1.Rewrite;
import quintet.retrieve.v1.SearchRequest;
import quintet.retrieve.v1.SearchResponse;
import quintet.retrieve.v1.SearchedQuery;
import quintet.retrieve.v1.SelfQuery;
import quintet.retrieve.v1.Speaker;
import quintet.retrieve.v1.SpellingCorrection;
import quintet.retrieve.v1.WeightedWords;

/** Between the messages about rewriting and the model. */
final class RewritingProtoMapping {
    private RewritingProtoMapping() {}

    static Rewriting toModel(SearchRequest request) {
        Rewrite rewrite = request.getRewrite();
        Rewriting defaults = Rewriting.DEFAULT;
        return new Rewriting(
                turns(request),
                rewrite.hasFollowUp() ? rewrite.getFollowUp() : defaults.followUp(),
                rewrite.hasSpelling() ? rewrite.getSpelling() : defaults.spelling(),
                rewrite.hasAbbreviations() ? rewrite.getAbbreviations() : defaults.abbreviations(),
                rewrite.hasFeedback() ? rewrite.getFeedback() : defaults.feedback(),
                expansions(rewrite),
                selfQuery(rewrite.getSelfQuery(), rewrite.getSelfQueryValue()));
    }

    private static List<Turn> turns(SearchRequest request) {
        Requests.requireTurns(request.getHistoryCount());
        List<Turn> turns = new ArrayList<>();
        for (quintet.retrieve.v1.Turn turn : request.getHistoryList()) {
            String at = "history[%d]".formatted(turns.size());
            turns.add(Requests.turn(at, speaker(at, turn.getSpeaker()), turn.getText()));
        }
        return turns;
    }

    private static quintet.retrieve.model.Speaker speaker(String at, Speaker speaker) {
        return switch (speaker) {
            case SPEAKER_USER -> quintet.retrieve.model.Speaker.USER;
            case SPEAKER_ASSISTANT -> quintet.retrieve.model.Speaker.ASSISTANT;
            case SPEAKER_UNSPECIFIED, UNRECOGNIZED ->
                throw Failure.invalidInput("INVALID_HISTORY", "%s has no known speaker, must be user or assistant", at);
        };
    }

    private static Set<quintet.retrieve.model.Expansion> expansions(Rewrite rewrite) {
        Set<quintet.retrieve.model.Expansion> expansions = EnumSet.noneOf(quintet.retrieve.model.Expansion.class);
        for (Expansion expansion : rewrite.getExpansionsList()) {
            expansions.add(
                    switch (expansion) {
                        case EXPANSION_MULTI_QUERY -> quintet.retrieve.model.Expansion.MULTI_QUERY;
                        case EXPANSION_HYDE -> quintet.retrieve.model.Expansion.HYDE;
                        case EXPANSION_STEP_BACK -> quintet.retrieve.model.Expansion.STEP_BACK;
                        case EXPANSION_DECOMPOSE -> quintet.retrieve.model.Expansion.DECOMPOSE;
                        case EXPANSION_UNSPECIFIED, UNRECOGNIZED ->
                            throw Failure.invalidInput(
                                    "INVALID_REWRITE", "rewrite.expansions has an unknown one, must be 1 to 4");
                    });
        }
        return expansions;
    }

    private static quintet.retrieve.model.SelfQuery selfQuery(SelfQuery use, int value) {
        return switch (use) {
            case SELF_QUERY_UNSPECIFIED -> Rewriting.DEFAULT.selfQuery();
            case SELF_QUERY_OFF -> quintet.retrieve.model.SelfQuery.OFF;
            case SELF_QUERY_SUGGEST -> quintet.retrieve.model.SelfQuery.SUGGEST;
            case SELF_QUERY_BOOST -> quintet.retrieve.model.SelfQuery.BOOST;
            case SELF_QUERY_APPLY -> quintet.retrieve.model.SelfQuery.APPLY;
            case UNRECOGNIZED ->
                throw Failure.invalidInput("INVALID_REWRITE", "rewrite.self_query is %d, must be 0 to 4", value);
        };
    }

    static void add(RewrittenQuery rewritten, SearchResponse.Builder response) {
        quintet.retrieve.v1.Rewriting.Builder proto = quintet.retrieve.v1.Rewriting.newBuilder();
        rewritten.variants().forEach(variant -> proto.addQueries(toProto(variant)));
        rewritten
                .corrections()
                .forEach(each -> proto.addCorrections(
                        SpellingCorrection.newBuilder().setWord(each.word()).setCorrection(each.correction())));
        rewritten
                .abbreviations()
                .forEach(each -> proto.addAbbreviations(ExpandedAbbreviation.newBuilder()
                        .setShortForm(each.shortForm())
                        .setLongForm(each.longForm())));
        rewritten.filters().forEach(each -> proto.addFilters(toProto(each)));
        response.setRewriting(proto);
    }

    private static SearchedQuery toProto(QueryVariant variant) {
        SearchedQuery.Builder proto = SearchedQuery.newBuilder().setKind(RewritingReply.written(variant.kind()));
        variant.text().ifPresent(proto::setText);
        variant.words().map(LexicalQuery::text).ifPresent(proto::setWords);
        variant.words()
                .map(LexicalQuery::also)
                .ifPresent(also -> also.forEach(each -> proto.addAlso(
                        WeightedWords.newBuilder().setText(each.text()).setWeight((float) each.weight()))));
        return proto.build();
    }

    private static quintet.retrieve.v1.RecognisedFilter toProto(RecognisedFilter filter) {
        return quintet.retrieve.v1.RecognisedFilter.newBuilder()
                .setFilterText(FilterText.of(filter.filter()))
                .setWords(filter.words())
                .setUse(RewritingReply.written(filter.use()))
                .build();
    }
}
