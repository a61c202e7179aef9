package quintet.retrieve.pipeline.rewriting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quintet.retrieve.model.Abbreviation;
import quintet.retrieve.model.PlainWord;
import quintet.retrieve.model.WeightedText;

/** Searches the form of an abbreviation that the query does not have beside the one that it has. */
final class Abbreviations {
    /** Weight of a short form beside its long one. */
    private static final double SHORT_FORM = 0.25;

    /** Weight of all words of a long form together, beside the short one. */
    private static final double LONG_FORM = 1;

    /** Long forms of one short form that are searched; the more there are, the less each of them is meant. */
    private static final int MAX_MEANINGS = 2;

    private Abbreviations() {}

    static void apply(Draft draft, List<Abbreviation> known) {
        String text = draft.text();
        List<WeightedText> also = new ArrayList<>();
        List<Abbreviation> used = new ArrayList<>();
        Map<String, Integer> meanings = new HashMap<>();
        for (Abbreviation each : known) {
            boolean hasShort = has(draft.text(), each.shortForm());
            boolean hasLong = has(draft.text(), each.longForm());
            if (hasShort == hasLong || meanings.merge(each.shortForm(), 1, Integer::sum) > MAX_MEANINGS) {
                continue;
            }
            used.add(each);
            if (hasShort) {
                int words = PlainWord.of(each.longForm()).size();
                also.add(new WeightedText(each.longForm(), LONG_FORM / words));
                text = explained(text, each);
            } else {
                also.add(new WeightedText(each.shortForm(), SHORT_FORM));
            }
        }
        draft.read(text, also);
        draft.abbreviate(used);
    }

    private static boolean has(String text, String form) {
        return (" " + PlainWord.normalised(text) + " ").contains(" " + PlainWord.normalised(form) + " ");
    }

    /** Puts the long form behind the first place of the short one, as a text would. */
    private static String explained(String text, Abbreviation abbreviation) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(abbreviation.shortForm()) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceFirst(found -> Matcher.quoteReplacement(found.group() + " (" + abbreviation.longForm() + ")"));
    }
}
