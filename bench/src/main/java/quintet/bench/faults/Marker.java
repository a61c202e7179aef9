package quintet.bench.faults;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as words that a search finds exactly: four letters to base 16 behind two that say what they count. Only consonants, which no
 * stemmer touches and no splitter cuts.
 */
enum Marker {
    /** Which document a sentence belongs to. */
    DOCUMENT("dq"),
    /** Which edition of the document: one per text that was ever sent. */
    EDITION("vq"),
    /** Which sentence of the edition, from 0. */
    SENTENCE("nq");

    private static final String DIGITS = "bcdfghjklmnpqrtv";
    private static final int LENGTH = 4;

    private final String prefix;
    private final Pattern pattern;

    Marker(String prefix) {
        this.prefix = prefix;
        this.pattern = Pattern.compile("\\b" + prefix + "([" + DIGITS + "]{" + LENGTH + "})\\b");
    }

    /** Returns the word of a number from 0 to 65,535. */
    String of(int number) {
        StringBuilder word = new StringBuilder(prefix);
        for (int shift = 4 * (LENGTH - 1); shift >= 0; shift -= 4) {
            word.append(DIGITS.charAt(number >> shift & 0xf));
        }
        return word.toString();
    }

    /** Returns the numbers that a text names. */
    Set<Integer> in(String text) {
        Set<Integer> numbers = new HashSet<>();
        Matcher words = pattern.matcher(text);
        while (words.find()) {
            numbers.add(words.group(1).chars().map(DIGITS::indexOf).reduce(0, (number, digit) -> number << 4 | digit));
        }
        return numbers;
    }
}
