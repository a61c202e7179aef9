package quintet.retrieve.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An abbreviation as a text explains it: {@code Employee Assistance Program (EAP)}.
 *
 * @param shortForm 2 to 10 characters, at least two of them upper-case letters or digits
 * @param longForm the words that it stands for, with single spaces
 */
public record Abbreviation(String shortForm, String longForm) {
    private static final int MAX_LONG_FORM = 120;
    private static final int MAX_WINDOW = 200;
    private static final Pattern PARENTHESIS = Pattern.compile("(?<=\\s)\\(([^()]{2,120})\\)");
    private static final Pattern SHORT_FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}&/.-]{1,9}");
    private static final Pattern LAST_WORD = Pattern.compile("([\\p{L}\\p{N}&/.-]+)\\s*$");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?;:](?=\\s)");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /**
     * Finds the explanations in a text by the algorithm of Schwartz and Hearst (2003), <em>A simple algorithm for identifying
     * abbreviation definitions in biomedical text</em>: the long form stands before the parentheses with the short one, or the
     * other way round, begins with the letter that the short form begins with, has its other letters in their order, and at
     * most {@code min(n + 5, 2 n)} words for {@code n} letters. Stricter than there, a short form has two capitals or digits and a
     * long form two words: neither {@code plan (the)} nor the {@code TEST (test1)} of a program is one.
     *
     * @return in the order of the text, each once
     */
    public static List<Abbreviation> in(String text) {
        List<Abbreviation> found = new ArrayList<>();
        Matcher matcher = PARENTHESIS.matcher(text);
        while (matcher.find()) {
            String inside = matcher.group(1).strip();
            String before = sentenceBefore(text, matcher.start());
            Optional<Abbreviation> abbreviation = isShortForm(inside) ? explained(inside, before) : Optional.empty();
            if (abbreviation.isEmpty()) {
                Matcher last = LAST_WORD.matcher(before);
                abbreviation = last.find() && isShortForm(last.group(1)) ? whole(last.group(1), inside) : abbreviation;
            }
            abbreviation.filter(a -> !found.contains(a)).ifPresent(found::add);
        }
        return found;
    }

    private static String sentenceBefore(String text, int end) {
        String window = text.substring(Math.max(0, end - MAX_WINDOW), end);
        int start = 0;
        Matcher ends = SENTENCE_END.matcher(window);
        while (ends.find()) {
            start = ends.end();
        }
        return SPACES.matcher(window.substring(start)).replaceAll(" ").strip();
    }

    private static boolean isShortForm(String text) {
        return SHORT_FORM.matcher(text).matches()
                && text.chars().anyMatch(Character::isLetter)
                && text.chars()
                                .filter(c -> Character.isUpperCase(c) || Character.isDigit(c))
                                .count()
                        >= 2;
    }

    /** The long form is all of the text in the parentheses. */
    private static Optional<Abbreviation> whole(String shortForm, String longForm) {
        String spaced = SPACES.matcher(longForm).replaceAll(" ");
        return explained(shortForm, spaced).filter(a -> a.longForm().equals(spaced));
    }

    /** Matches the letters of the short form from the last to the first, each as far to the right as it can be. */
    private static Optional<Abbreviation> explained(String shortForm, String before) {
        int at = before.length();
        for (int i = shortForm.length() - 1; i >= 0; i--) {
            char wanted = Character.toLowerCase(shortForm.charAt(i));
            if (!Character.isLetterOrDigit(wanted)) {
                continue;
            }
            at--;
            while (at >= 0
                    && !(Character.toLowerCase(before.charAt(at)) == wanted && (i > 0 || beginsWord(before, at)))) {
                at--;
            }
            if (at < 0) {
                return Optional.empty();
            }
        }
        // A short form that begins with no letter or digit can not be.
        String longForm = before.substring(at).strip();
        return isLongForm(shortForm, longForm) ? Optional.of(new Abbreviation(shortForm, longForm)) : Optional.empty();
    }

    private static boolean beginsWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    private static boolean isLongForm(String shortForm, String longForm) {
        List<PlainWord> words = PlainWord.of(longForm);
        int letters = (int) shortForm.chars().filter(Character::isLetterOrDigit).count();
        return longForm.length() <= MAX_LONG_FORM
                && words.size() >= 2
                && words.size() <= Math.min(letters + 5, 2 * letters)
                && words.stream()
                        .noneMatch(word ->
                                longForm.substring(word.start(), word.end()).equals(shortForm));
    }
}
