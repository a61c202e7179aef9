package quintet.retrieve.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text in quotes in a query, which passages must contain as it is: but for upper and lower case, line breaks, and the shape
 * of quotes and dashes. It begins and ends where words do.
 *
 * @param text 1 to {@value #MAX_LENGTH} UTF-16 code units with a letter or digit among them
 */
public record Phrase(String text) {
    /** Longest phrase in UTF-16 code units; a longer text in quotes is no phrase. */
    public static final int MAX_LENGTH = 512;

    /** Most phrases of a query. */
    public static final int MAX_COUNT = 8;

    private static final Map<Character, String> CLOSING =
            Map.of('"', "\"", '“', "”", '„', "“”", '«', "»", '「', "」", '『', "』");

    private static final Pattern SPACES = Pattern.compile("[\\s\\h]+");
    private static final Pattern SINGLE_QUOTES = Pattern.compile("[‘’‚‛ʼ]");
    private static final Pattern DOUBLE_QUOTES = Pattern.compile("[“”„‟«»]");
    private static final Pattern DASHES = Pattern.compile("[‐‑‒–—―−]");
    private static final Pattern LAST_PUNCTUATION = Pattern.compile("[\\s.,;:!?…。、，！？]+$");

    /** Refuses what can be no phrase. */
    public Phrase {
        if (text.length() > MAX_LENGTH || text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException("'%s' can be no phrase".formatted(text));
        }
    }

    /**
     * Finds the phrases of a query: between straight, typographic or East Asian quotes that stand where quotes stand, outside
     * before and behind a word. Quotes without their other half, and such as in {@code 5" pipe}, are plain text.
     */
    public static List<Phrase> quotedIn(String query) {
        List<Phrase> phrases = new ArrayList<>();
        for (int start = 0; start < query.length(); start++) {
            String closing = CLOSING.get(query.charAt(start));
            int end = closing == null || isWordAt(query, start - 1) ? -1 : closedAt(query, start + 1, closing);
            if (end >= 0) {
                String inner = LAST_PUNCTUATION
                        .matcher(query.substring(start + 1, end))
                        .replaceFirst("");
                if (inner.codePoints().anyMatch(Character::isLetterOrDigit)) {
                    phrases.add(new Phrase(inner));
                }
                start = end;
            }
        }
        return List.copyOf(phrases);
    }

    /** Returns where the quote that was opened before {@code from} is closed; -1 if it is not. */
    private static int closedAt(String query, int from, String closing) {
        if (from >= query.length() || Character.isWhitespace(query.charAt(from))) {
            return -1;
        }
        int last = Math.min(query.length() - 1, from + MAX_LENGTH);
        for (int end = from + 1; end <= last; end++) {
            if (closing.indexOf(query.charAt(end)) >= 0
                    && !Character.isWhitespace(query.charAt(end - 1))
                    && !isWordAt(query, end + 1)) {
                return end;
            }
        }
        return -1;
    }

    /** Returns whether a passage contains the phrase. */
    public boolean isIn(String passage) {
        String wanted = plain(text);
        String found = plain(passage);
        for (int at = found.indexOf(wanted); at >= 0; at = found.indexOf(wanted, at + 1)) {
            int end = at + wanted.length();
            boolean begins = !isWordAt(found, at - 1) || !isWordAt(found, at);
            boolean ends = !isWordAt(found, end) || !isWordAt(found, end - 1);
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        plain = SINGLE_QUOTES.matcher(plain).replaceAll("'");
        plain = DOUBLE_QUOTES.matcher(plain).replaceAll("\"");
        plain = DASHES.matcher(plain).replaceAll("-");
        return SPACES.matcher(plain).replaceAll(" ");
    }

    /** Returns whether a character belongs to a word that ends elsewhere; East Asian scripts do not separate words. */
    private static boolean isWordAt(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return c == '_' || (Character.isLetterOrDigit(c) && (c < '\u1100' || !isEastAsian(c)));
    }

    private static boolean isEastAsian(char c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            default -> false;
        };
    }
}
