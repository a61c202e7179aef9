package quintet.generate.pipeline.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import quintet.generate.model.Terms;

/**
 * The names and numbers of a text: what an answer can not say in other words. A name is a word with a capital letter that does not begin
 * a sentence, a number any word with a digit.
 */
final class Names {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:[.,'’&/-][\\p{L}\\p{N}]+)*");
    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern BEGINS = Pattern.compile("(?:^|[.!?:;\"“”„«»‘(\\[*•\\n–—-])\\s*$");

    /** Where so many words have capitals, as in German, they are not names. */
    private static final double MOST_CAPITALS = 0.25;

    /** Fewer words than that say nothing about a language. */
    private static final int FEWEST_WORDS = 20;

    private Names() {}

    /**
     * Returns the names and numbers of a sentence that none of the known texts has, as they are written and in their order.
     *
     * @param known the words of the texts, from {@link #words}
     * @param capitals whether words with capitals are names
     */
    static List<String> unknown(String sentence, Set<String> known, boolean capitals) {
        Set<String> unknown = new LinkedHashSet<>();
        for (MatchResult word : WORD.matcher(sentence).results().toList()) {
            boolean number = word.group().codePoints().anyMatch(Character::isDigit);
            boolean name = capitals
                    && Character.isUpperCase(word.group().codePointAt(0))
                    && !BEGINS.matcher(sentence.substring(0, word.start())).find()
                    && !Terms.of(word.group()).isEmpty();
            if ((number || name) && !isKnown(word.group(), known)) {
                unknown.add(word.group());
            }
        }
        return List.copyOf(unknown);
    }

    /** Returns the words of texts in all forms in which a sentence may take them over. */
    static Set<String> words(List<String> texts) {
        Set<String> words = new HashSet<>();
        for (String text : texts) {
            WORD.matcher(text).results().forEach(word -> words.addAll(forms(word.group())));
            PART.matcher(text).results().forEach(part -> words.addAll(forms(part.group())));
        }
        return words;
    }

    /** Returns whether words with capitals are names in the language of texts, and not all nouns. */
    static boolean haveCapitals(List<String> texts) {
        int words = 0;
        int capitals = 0;
        for (String text : texts) {
            for (MatchResult word : WORD.matcher(text).results().toList()) {
                if (Character.isLetter(word.group().codePointAt(0))
                        && !BEGINS.matcher(text.substring(Math.max(0, word.start() - 8), word.start()))
                                .find()) {
                    words++;
                    capitals += Character.isUpperCase(word.group().codePointAt(0)) ? 1 : 0;
                }
            }
        }
        return words < FEWEST_WORDS || capitals < MOST_CAPITALS * words;
    }

    /** Of a name with a hyphen all parts have to be known; a number is one thing, whatever stands between its digits. */
    private static boolean isKnown(String word, Set<String> known) {
        if (forms(word).stream().anyMatch(known::contains)) {
            return true;
        }
        List<String> parts =
                PART.matcher(word).results().map(MatchResult::group).toList();
        return parts.size() > 1
                && word.codePoints().anyMatch(Character::isLetter)
                && parts.stream().allMatch(part -> forms(part).stream().anyMatch(known::contains));
    }

    /** Returns a word in lower case, its stem, and for a number its digits without separators. */
    private static List<String> forms(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        List<String> forms = new ArrayList<>(List.of(lower));
        List<String> stems = Terms.list(lower);
        if (stems.size() == 1) {
            forms.add(stems.getFirst());
        }
        String digits = lower.replaceAll("(?<=\\d)[.,'’ ](?=\\d{3}(?!\\d))", "");
        if (!digits.equals(lower)) {
            forms.add(digits);
        }
        return forms;
    }
}
