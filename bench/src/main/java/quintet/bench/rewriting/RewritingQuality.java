package quintet.bench.rewriting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import quintet.bench.metric.Ndcg;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.rewriting.AskedSet.Asked;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.SelfQuery;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;

/** nDCG@10 and recall@100 with each step before the search, against none, by words and by both. */
final class RewritingQuality {
    private static final int K = 10;
    private static final int RECALL = 100;

    private final MarkdownTable table = new MarkdownTable(
            "set", "step", "changed", "words nDCG@10", "words recall@100", "hybrid nDCG@10", "hybrid recall@100");
    private final MarkdownTable spelling =
            new MarkdownTable("one typo a query", "spoilt", "rightly corrected", "wrongly corrected");
    private final ObjectNode figures;
    private final Progress progress;

    RewritingQuality(Progress progress, ObjectNode figures) {
        this.progress = progress;
        this.figures = figures;
    }

    /** How a query is asked. */
    private record Way(Function<Asked, String> text, Function<Asked, Rewriting> rewriting) {
        static Way of(boolean spelling, boolean abbreviations, boolean feedback, SelfQuery selfQuery) {
            Rewriting rewriting =
                    new Rewriting(List.of(), false, spelling, abbreviations, feedback, Set.of(), selfQuery);
            return new Way(Asked::text, _ -> rewriting);
        }
    }

    private record Score(int changed, double ndcg, double recall) {}

    /** Measures the steps that need no conversation, on queries as they are and with a typo in each. */
    void steps(AskedSet set, SearchedSet searched) {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("none", Way.of(false, false, false, SelfQuery.OFF));
        ways.put("spelling", Way.of(true, false, false, SelfQuery.OFF));
        ways.put("abbreviations", Way.of(false, true, false, SelfQuery.OFF));
        ways.put("feedback (RM3)", Way.of(false, false, true, SelfQuery.OFF));
        ways.put("self-query: boost", Way.of(false, false, false, SelfQuery.BOOST));
        ways.put("self-query: apply", Way.of(false, false, false, SelfQuery.APPLY));
        ways.put("default", new Way(Asked::text, _ -> Rewriting.DEFAULT));
        ways.forEach((name, way) -> row(set, searched, name, way));
        Function<Asked, String> spoilt =
                asked -> SeededTypos.in(asked.text(), asked.text().hashCode())
                        .map(SeededTypos.Typo::query)
                        .orElse(asked.text());
        row(set, searched, "typo, none", new Way(spoilt, _ -> Rewriting.NONE));
        row(set, searched, "typo, spelling", new Way(spoilt, Way.of(true, false, false, SelfQuery.OFF).rewriting));
        corrections(set, searched);
    }

    /** Measures follow-up questions alone, by the rule, and behind what was asked before. */
    void followUps(AskedSet set, SearchedSet searched) {
        row(set, searched, "none", new Way(Asked::text, _ -> Rewriting.NONE));
        row(set, searched, "follow-up rule", new Way(Asked::text, RewritingQuality::rule));
        row(
                set,
                searched,
                "question before + question",
                new Way(asked -> lastQuestion(asked.history()) + " " + asked.text(), _ -> Rewriting.NONE));
    }

    private static Rewriting rule(Asked asked) {
        List<Turn> history = asked.history();
        return new Rewriting(
                history.subList(Math.max(0, history.size() - Rewriting.MAX_TURNS), history.size()),
                true,
                false,
                false,
                false,
                Set.of(),
                SelfQuery.OFF);
    }

    private static String lastQuestion(List<Turn> history) {
        return history.stream()
                .filter(turn -> turn.speaker() == Speaker.USER)
                .map(Turn::text)
                .reduce("", (_, later) -> later);
    }

    private void row(AskedSet set, SearchedSet searched, String step, Way way) {
        progress.say(set.name() + ": " + step);
        Score words = score(set, searched, SearchMode.LEXICAL, way);
        Score hybrid = score(set, searched, SearchMode.HYBRID, way);
        table.row(
                set.name(),
                step,
                "%d of %d".formatted(hybrid.changed, set.queries().size()),
                text(words.ndcg),
                text(words.recall),
                text(hybrid.ndcg),
                text(hybrid.recall));
        figures.withObject("/" + set.name())
                .putObject(step)
                .put("lexicalNdcg", words.ndcg)
                .put("lexicalRecall", words.recall)
                .put("hybridNdcg", hybrid.ndcg)
                .put("hybridRecall", hybrid.recall);
    }

    private static Score score(AskedSet set, SearchedSet searched, SearchMode mode, Way way) {
        double ndcg = 0;
        double recall = 0;
        int changed = 0;
        for (Asked asked : set.queries()) {
            String text = way.text.apply(asked);
            SearchResult result = searched.search(text, mode, way.rewriting.apply(asked));
            List<String> ranking = searched.ranking(result);
            ndcg += Ndcg.at(K, ranking, asked.grades());
            recall += (double) ranking.stream()
                            .limit(RECALL)
                            .filter(asked.grades()::containsKey)
                            .count()
                    / asked.grades().size();
            changed += isChanged(text, result) ? 1 : 0;
        }
        int queries = set.queries().size();
        return new Score(changed, ndcg / queries, recall / queries);
    }

    private static boolean isChanged(String asked, SearchResult result) {
        var first = result.rewritten().variants().getFirst();
        return result.rewritten().variants().size() > 1
                || result.rewritten().isRestricted()
                || !result.rewritten().standalone().equals(asked)
                || !first.words().orElseThrow().also().isEmpty();
    }

    private void corrections(AskedSet set, SearchedSet searched) {
        int spoilt = 0;
        int right = 0;
        int wrong = 0;
        Rewriting on = Way.of(true, false, false, SelfQuery.OFF)
                .rewriting
                .apply(set.queries().getFirst());
        for (Asked asked : set.queries()) {
            Optional<SeededTypos.Typo> typo =
                    SeededTypos.in(asked.text(), asked.text().hashCode());
            if (typo.isPresent()) {
                Map<String, String> made =
                        searched.search(typo.get().query(), SearchMode.LEXICAL, on).rewritten().corrections().stream()
                                .collect(Collectors.toMap(
                                        each -> each.word(), each -> each.correction(), (one, _) -> one));
                String correction = made.get(typo.get().word());
                boolean isRight = typo.get().was().toLowerCase(Locale.ROOT).equals(correction);
                spoilt++;
                right += isRight ? 1 : 0;
                wrong += correction != null && !isRight ? 1 : 0;
            }
        }
        spelling.row(set.name(), Integer.toString(spoilt), Integer.toString(right), Integer.toString(wrong));
        figures.withObject("/" + set.name())
                .putObject("corrections")
                .put("spoilt", spoilt)
                .put("right", right)
                .put("wrong", wrong);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    @Override
    public String toString() {
        return table + "\n" + spelling;
    }
}
