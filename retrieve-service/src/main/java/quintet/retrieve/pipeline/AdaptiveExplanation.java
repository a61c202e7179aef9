package quintet.retrieve.pipeline;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.explanation.ExplainedFusion;

/** Tells what {@link AdaptiveFusion} goes by: its own numbers, computed once more, and which side they let count more. */
final class AdaptiveExplanation {
    private AdaptiveExplanation() {}

    static ExplainedFusion of(AdaptiveFusion fusion, List<ScorePair> union) {
        double unit = fusion.unit();
        double bound = fusion.bound(union);
        double[] own = fusion.logOdds(union, unit);
        double[] around = fusion.ofNeighbours(own);
        Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            ScorePair pair = union.get(i);
            Map<String, Double> ofPair = new LinkedHashMap<>();
            ofPair.put("meaning", pair.dense() / unit);
            ofPair.put("words", fusion.ofWords(pair, bound));
            ofPair.put("own", own[i]);
            ofPair.put("neighbours", around[i]);
            parts.put(pair.candidate().chunkId(), ofPair);
        }
        double meaning =
                width(union.stream().mapToDouble(pair -> pair.dense() / unit).toArray());
        double words = width(
                union.stream().mapToDouble(pair -> fusion.ofWords(pair, bound)).toArray());
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("spread", fusion.neighbourhood().spread());
        numbers.put("temperature", fusion.weights().temperature());
        numbers.put("lexical", fusion.weights().lexical());
        numbers.put("bandwidth", fusion.weights().bandwidth());
        numbers.put("neighbours", fusion.weights().neighbours());
        numbers.put("meaningWidth", meaning);
        numbers.put("wordsWidth", words);
        fusion.scoreBound().ifPresent(told -> numbers.put(RecordedTrace.SCORE_BOUND, told));
        return new ExplainedFusion(Fusion.ADAPTIVE, numbers, parts, sentence(fusion, meaning, words));
    }

    private static String sentence(AdaptiveFusion fusion, double meaning, double words) {
        String more = words > meaning ? "words decide more" : "meaning decides more";
        String neighbours = fusion.neighbourhood().isKnown()
                ? "%.0f%% of it are those of its neighbours"
                        .formatted(100 * fusion.weights().neighbours())
                : "the store can not tell its neighbours";
        return String.format(
                Locale.ROOT,
                "Among the candidates, log-odds by meaning differ by %.1f and by words by up to %.1f, so %s here; of a"
                        + " candidate's log-odds, %s.",
                meaning,
                words,
                more,
                neighbours);
    }

    private static double width(double[] values) {
        DoubleSummaryStatistics range = Arrays.stream(values).summaryStatistics();
        return range.getCount() == 0 ? 0 : range.getMax() - range.getMin();
    }
}
