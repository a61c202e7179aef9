package quintet.retrieve.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a text as it is written: letters, digits and marks up to the next other character. In contrast to the words that
 * are searched it is neither cut to a stem nor split.
 *
 * @param lower in lower case
 * @param start offset of its first character, in UTF-16 code units
 * @param end offset behind its last character
 */
public record PlainWord(String lower, int start, int end) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

    /** Returns the words of a text in their order. */
    public static List<PlainWord> of(String text) {
        List<PlainWord> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new PlainWord(matcher.group().toLowerCase(Locale.ROOT), matcher.start(), matcher.end()));
        }
        return words;
    }

    /** Returns the words of a text with one space between two: the same for texts that differ in case and punctuation only. */
    public static String normalised(String text) {
        return joined(of(text));
    }

    /** Returns words with one space between two. */
    public static String joined(List<PlainWord> words) {
        return String.join(" ", words.stream().map(PlainWord::lower).toList());
    }
}
