package quintet.rerank.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Which candidates the cross-encoder scores next, and whether that may still change the first {@code topN}. Candidates come in the
 * order of their cheap scores, wave after wave.
 *
 * <p>Of the candidates that wait, the next one has the best cheap score. The first {@code topN} are settled when even it can not
 * come among them, whatever its relevance up to a ceiling. A ceiling of 1 makes that certain, and is rarely low enough. So once
 * {@code patience} candidates are scored, the ceiling is the highest relevance among the last {@code patience} of them: relevance falls
 * along the cheap order, and even were they all alike, the next one would beat all of those only once in {@code patience + 1} times.
 *
 * <p>For one request and one thread.
 */
public final class Cascade {
    private final ScoreFusion scores;
    private final List<Integer> order;
    private final int topN;
    private final Rule rule;
    private final List<Double> relevance = new ArrayList<>();

    /**
     * When enough is scored.
     *
     * @param waveSize candidates between two looks at the order, at least 1
     * @param patience candidates that the ceiling is learned from, at least 1; 0 for a ceiling of 1
     */
    public record Rule(int waveSize, int patience) {}

    /**
     * Begins with nothing scored.
     *
     * @param topN how many of the candidates matter, 1 to their number
     */
    public Cascade(ScoreFusion scores, int topN, Rule rule) {
        this.scores = scores;
        this.order = scores.cheapOrder();
        this.topN = topN;
        this.rule = rule;
    }

    /** Returns the candidates' indices in the order in which they are scored. */
    public List<Integer> order() {
        return order;
    }

    /** Returns how many candidates are scored. */
    public int scored() {
        return relevance.size();
    }

    /** Returns the indices of those to score next, at least one unless all are scored. Nothing is settled before {@code topN} are scored. */
    public List<Integer> nextWave() {
        boolean allMatter = topN >= order.size();
        int size = allMatter ? order.size() : Math.max(rule.waveSize(), topN - scored());
        return order.subList(scored(), Math.min(order.size(), scored() + size));
    }

    /** Takes the relevance of the next candidate in the order. */
    public void add(double nextRelevance) {
        relevance.add(nextRelevance);
    }

    /** Returns whether the first {@code topN} are known, for certain or as good as that. */
    public boolean isSettled() {
        if (scored() == order.size()) {
            return true;
        }
        return scored() >= topN && scores.fused(order.get(scored()), ceiling()) < lastOfTheTop();
    }

    private double ceiling() {
        if (rule.patience() == 0 || scored() < rule.patience()) {
            return 1;
        }
        return relevance.subList(scored() - rule.patience(), scored()).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    private double lastOfTheTop() {
        List<Double> fused = new ArrayList<>();
        for (int i = 0; i < scored(); i++) {
            fused.add(scores.fused(order.get(i), relevance.get(i)));
        }
        fused.sort(null);
        return fused.get(scored() - topN);
    }
}
