package quintet.bench.rerank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.rerank.pipeline.Cascade;

/**
 * Tries rules for the end of a cascade on scores that are known, and chooses the one that scores least of those that keep
 * enough of the nDCG, each time without the set that it is then judged on.
 */
public final class CascadeSweep {
    /** Share of the nDCG of scoring everything that has to stay on each set: what one gains pays for no loss of another. */
    private static final double ENOUGH = 0.99;

    private static final double FIRST_STAGE_WEIGHT = 0.5;
    private static final List<Integer> WAVE_SIZES = List.of(4, 8, 16);
    private static final List<Integer> PATIENCES = List.of(2, 4, 6, 8, 12, 16, 24, 32);
    private static final List<Integer> DEPTHS = List.of(10, 16, 20, 24, 32, 50);

    private final List<ScoredSet> sets;
    private final boolean firstStage;
    private final Map<String, List<Figures>> byRule = new LinkedHashMap<>();

    /** Nothing but numbers: of one rule on one set, means over the queries. */
    private record Figures(double ndcg, double all, double scored) {
        double share() {
            return all == 0 ? 1 : ndcg / all;
        }
    }

    /**
     * Runs every rule on every set.
     *
     * @param firstStage whether candidates bring their scores; the words of the query order them otherwise
     */
    public CascadeSweep(List<ScoredSet> sets, boolean firstStage) {
        this.sets = List.copyOf(sets);
        this.firstStage = firstStage;
        for (int depth : DEPTHS) {
            add("the first " + depth, new Cascade.Rule(depth, 0), cascade -> cascade.scored() >= depth);
        }
        add("certain", new Cascade.Rule(8, 0), Cascade::isSettled);
        for (int waveSize : WAVE_SIZES) {
            for (int patience : PATIENCES) {
                add(
                        "wave %d, patience %d".formatted(waveSize, patience),
                        new Cascade.Rule(waveSize, patience),
                        Cascade::isSettled);
            }
        }
    }

    private void add(String name, Cascade.Rule waves, CascadeTrial.Rule rule) {
        byRule.put(name, sets.stream().map(set -> figures(set, waves, rule)).toList());
    }

    private Figures figures(ScoredSet set, Cascade.Rule waves, CascadeTrial.Rule rule) {
        Cascade.Rule everything = new Cascade.Rule(Integer.MAX_VALUE, 0);
        double ndcg = 0;
        double all = 0;
        double scored = 0;
        for (ScoredQuery query : set.queries()) {
            CascadeTrial trial = CascadeTrial.run(query, firstStage, FIRST_STAGE_WEIGHT, waves, rule);
            ndcg += trial.ndcg();
            scored += trial.scored();
            all += CascadeTrial.run(query, firstStage, FIRST_STAGE_WEIGHT, everything, _ -> true)
                    .ndcg();
        }
        int queries = set.queries().size();
        return new Figures(ndcg / queries, all / queries, scored / queries);
    }

    /** Returns a row for each rule: what is left of the nDCG, and how many pairs that took. */
    public MarkdownTable rules() {
        MarkdownTable table = new MarkdownTable("stops after", "share of nDCG@10", "worst set", "pairs");
        byRule.forEach((rule, figures) -> table.row(
                rule, text(share(figures)), text(worst(figures)), String.format(Locale.ROOT, "%.1f", pairs(figures))));
        return table;
    }

    /** Returns a row for each set: the rule that the other sets choose, and what it does on this one. */
    public MarkdownTable crossValidation() {
        MarkdownTable table =
                new MarkdownTable("set left out", "rule", "nDCG@10 of all", "of the cascade", "share", "pairs");
        double shares = 0;
        double pairs = 0;
        for (int left = 0; left < sets.size(); left++) {
            String rule = choose(left);
            Figures figures = byRule.getOrDefault(rule, List.of()).get(left);
            shares += figures.share();
            pairs += figures.scored();
            table.row(
                    sets.get(left).name(),
                    rule,
                    text(figures.all()),
                    text(figures.ndcg()),
                    text(figures.share()),
                    String.format(Locale.ROOT, "%.1f", figures.scored()));
        }
        table.row(
                "mean",
                "",
                "",
                "",
                text(shares / sets.size()),
                String.format(Locale.ROOT, "%.1f", pairs / sets.size()));
        return table;
    }

    /** Returns the rule that all sets together choose. */
    public String choice() {
        return choose(-1);
    }

    /** Returns the figures of each rule. */
    public ObjectNode figures() {
        ObjectNode rules = Json.object();
        byRule.forEach((rule, figures) -> rules.putObject(rule)
                .put("share", share(figures))
                .put("worst", worst(figures))
                .put("pairs", pairs(figures)));
        return Json.object().put("choice", choice()).set("rules", rules);
    }

    /** Fewest pairs among the rules that keep enough on each of the sets but {@code left}. */
    private String choose(int left) {
        return byRule.keySet().stream()
                .filter(rule -> worst(without(rule, left)) >= ENOUGH)
                .min(Comparator.comparingDouble(rule -> pairs(without(rule, left))))
                .orElseThrow();
    }

    private List<Figures> without(String rule, int left) {
        List<Figures> kept = new ArrayList<>(byRule.getOrDefault(rule, List.of()));
        if (left >= 0) {
            kept.remove(left);
        }
        return kept;
    }

    private static double share(List<Figures> figures) {
        return figures.stream().mapToDouble(Figures::share).average().orElse(1);
    }

    private static double worst(List<Figures> figures) {
        return figures.stream().mapToDouble(Figures::share).min().orElse(1);
    }

    private static double pairs(List<Figures> figures) {
        return figures.stream().mapToDouble(Figures::scored).average().orElse(0);
    }

    private static String text(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
