package quintet.retrieve.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.AnalysedWord;
import quintet.retrieve.model.Arrangement;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.explanation.LeftOut;
import quintet.retrieve.model.explanation.RewritingStep;
import quintet.retrieve.pipeline.Ranking.Ranked;

/** What each stage did, in a sentence for people. */
final class ExplanationSentences {
    private static final int MAX_NAMED = 8;

    private ExplanationSentences() {}

    /** Says what a step of rewriting changed. */
    static String step(RewrittenQuery before, RewrittenQuery after) {
        List<String> changes = new ArrayList<>();
        if (!before.standalone().equals(after.standalone())) {
            changes.add("the query reads “%s”".formatted(shortened(after.standalone())));
        }
        int added = words(after).also().size() - words(before).also().size();
        if (added > 0) {
            changes.add("%s searched beside the query: %s"
                    .formatted(
                            added == 1 ? "1 text is" : added + " texts are",
                            words(after).also().stream()
                                    .skip(words(before).also().size())
                                    .limit(MAX_NAMED)
                                    .map(each -> "%s (%s)".formatted(each.text(), number(each.weight())))
                                    .collect(Collectors.joining(", "))));
        }
        after.corrections().stream()
                .filter(each -> !before.corrections().contains(each))
                .forEach(each -> changes.add(
                        "no passage has “%s”, nearest is “%s”".formatted(shortened(each.word()), each.correction())));
        after.filters().stream()
                .filter(each -> !before.filters().contains(each))
                .forEach(each -> changes.add("%s was recognised and is %s"
                        .formatted(
                                FilterText.of(each.filter()), each.use().name().toLowerCase(Locale.ROOT))));
        int queries = after.variants().size() - before.variants().size();
        if (queries > 0) {
            changes.add(queries == 1 ? "1 more query is searched" : queries + " more queries are searched");
        }
        if (after.degraded().size() > before.degraded().size()) {
            changes.add("the model server did not answer as it should");
        }
        return changes.isEmpty() ? "Changed nothing." : sentence(String.join("; ", changes));
    }

    private static LexicalQuery words(RewrittenQuery query) {
        return query.variants().getFirst().words().orElse(LexicalQuery.of(query.standalone()));
    }

    static String rewriting(List<RewritingStep> steps, RewrittenQuery rewritten) {
        long changed = steps.stream().filter(RewritingStep::changed).count();
        String queries = rewritten.variants().size() == 1
                ? "1 query is searched"
                : "%d queries are searched side by side: %s"
                        .formatted(
                                rewritten.variants().size(),
                                rewritten.variants().stream()
                                        .map(QueryVariant::kind)
                                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")));
        return "%d of %d steps changed something; %s.".formatted(changed, steps.size(), queries);
    }

    static String embed(Ranking.Dense dense) {
        if (dense.vector().failed()) {
            return "There was no vector in time or of the collection's model: the search went on with words alone.";
        }
        return dense.vector()
                .query()
                .map(embedded -> "The vector is of %s%s."
                        .formatted(
                                embedded.model(),
                                embedded.truncated() ? "; the end of the query did not fit its window" : ""))
                .orElse("The collection has no vectors to compare with.");
    }

    static String dense(CandidateList list) {
        String found = found(list);
        ListDetail detail = list.detail().orElse(null);
        if (detail == null || detail.eligible() == 0) {
            return found + '.';
        }
        Boolean exact = detail.exact();
        String how = exact == null
                ? "the store chooses how among %d".formatted(detail.eligible())
                : exact
                        ? "exactly: all %d that filter and access let through were compared"
                                .formatted(detail.eligible())
                        : "by the index: %d of %d were compared".formatted(detail.compared(), detail.eligible());
        return "%s, %s.".formatted(found, how);
    }

    static String lexical(CandidateList list) {
        List<AnalysedWord> words = list.detail().map(ListDetail::words).orElse(List.of());
        String read = words.isEmpty()
                ? ""
                : ", by "
                        + words.stream()
                                .limit(MAX_NAMED)
                                .map(AnalysedWord::form)
                                .collect(Collectors.joining(", "))
                        + (words.size() > MAX_NAMED ? " and %d more".formatted(words.size() - MAX_NAMED) : "");
        return "%s%s%s.".formatted(found(list), read, list.queryTruncated() ? "; only the first words count" : "");
    }

    private static String found(CandidateList list) {
        int count = list.candidates().size();
        return count == 0
                ? "Found nothing"
                : "Found %d, scores %s to %s"
                        .formatted(
                                count,
                                number(list.candidates().getFirst().score()),
                                number(list.candidates().getLast().score()));
    }

    static String join(int queries) {
        return "The lists of %d queries became one by reciprocal rank, the first counting twice as much as each other."
                .formatted(queries);
    }

    static String arrange(Query query, Ranking joined, Ranking arranged, List<LeftOut> leftOut) {
        Arrangement wanted = query.arrangement();
        List<String> did = new ArrayList<>();
        @Nullable Double minScore = wanted.minScore();
        if (minScore != null) {
            did.add(
                    arranged.threshold().filter(each -> !each.applied()).isPresent()
                            ? "there was no score to compare with %s".formatted(number(minScore))
                            : "%d are below %s".formatted(count(leftOut, joined, arranged), number(minScore)));
        }
        if (wanted.diversity() > 0) {
            did.add("diversity %s moved %d of the first %d"
                    .formatted(number(wanted.diversity()), moved(joined, arranged, query.topK()), query.topK()));
        }
        return did.isEmpty()
                ? "The %d candidates stay in the order of their scores."
                        .formatted(arranged.ranked().size())
                : sentence(String.join("; ", did));
    }

    private static int count(List<LeftOut> leftOut, Ranking joined, Ranking arranged) {
        return Math.max(joined.ranked().size() - arranged.ranked().size(), (int) leftOut.stream()
                .filter(each -> each.rule() == LeftOut.Rule.MIN_SCORE)
                .count());
    }

    /** Counts those of the first that would have been others in the order of scores. */
    private static int moved(Ranking joined, Ranking arranged, int topK) {
        List<String> kept = chunkIds(arranged);
        List<String> byScore = chunkIds(joined).stream()
                .filter(new java.util.HashSet<>(kept)::contains)
                .toList();
        int moved = 0;
        for (int i = 0; i < Math.min(topK, kept.size()); i++) {
            moved += Objects.equals(byScore.get(i), kept.get(i)) ? 0 : 1;
        }
        return moved;
    }

    private static List<String> chunkIds(Ranking ranking) {
        return ranking.ranked().stream().map(each -> each.candidate().chunkId()).toList();
    }

    static String load(int hits, Ranking arranged, List<LeftOut> leftOut) {
        long perDocument = leftOut.stream()
                .filter(each -> each.rule() == LeftOut.Rule.PER_DOCUMENT)
                .count();
        long shown = leftOut.stream()
                .filter(each -> each.rule() == LeftOut.Rule.SHOWN_ALREADY)
                .count();
        return "%d of %d candidates are hits%s%s."
                .formatted(
                        hits,
                        arranged.ranked().size(),
                        perDocument == 0 ? "" : "; %d of documents that have enough".formatted(perDocument),
                        shown == 0 ? "" : "; %d that a better hit shows already".formatted(shown));
    }

    static String belowMinScore(Ranked candidate, double minScore) {
        Double compared = candidate.scores().dense() == null
                ? candidate.scores().lexical()
                : candidate.scores().dense();
        return "%s is below %s.".formatted(compared == null ? "No score" : number(compared), number(minScore));
    }

    static String leftOut(LeftOut.Rule rule, String because, Arrangement wanted) {
        return switch (rule) {
            case MIN_SCORE -> "Its score is below the smallest one.";
            case PER_DOCUMENT ->
                "Document %s has %d hits already, which is the bound.".formatted(because, wanted.perDocument());
            case SHOWN_ALREADY -> "Hit %s shows it already.".formatted(because);
        };
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + '.';
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + '…';
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
