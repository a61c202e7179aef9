package quintet.retrieve.pipeline.rewriting;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quintet.retrieve.model.Correction;
import quintet.retrieve.model.WeightedText;

/**
 * Searches the corrections beside the words that nobody knows. By words both count; the vector is that of the corrected query, for
 * a model makes of an unknown word pieces that mean something else.
 */
final class SpellingCorrection {
    private static final double WEIGHT = 1;

    private SpellingCorrection() {}

    static void apply(Draft draft, List<Correction> corrections) {
        String text = draft.text();
        List<WeightedText> also = new ArrayList<>();
        for (Correction correction : corrections) {
            text = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(correction.word()) + "(?![\\p{L}\\p{N}])")
                    .matcher(text)
                    .replaceAll(Matcher.quoteReplacement(correction.correction()));
            also.add(new WeightedText(correction.correction(), WEIGHT));
        }
        draft.read(text, also);
        draft.correct(corrections);
    }
}
