package quintet.encoder.words;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts a text, brought to Unicode's NFC first, into words: runs of letters, digits and the marks on them. A single apostrophe or
 * hyphen between two of them belongs to the word ({@code don't}, {@code well-known}), as does a full stop or comma between two
 * digits ({@code 1,234.5}); typographic apostrophes and hyphens become the plain ones. All else separates. Scripts that put no
 * spaces between words, such as Chinese, need another splitter.
 */
final class WordSplitter {
    private WordSplitter() {}

    /** Hands out the words of {@code text} in their order, as they are written. */
    static void split(String text, Consumer<String> onWord) {
        String normal = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        int start = -1;
        boolean typographic = false;
        int next;
        for (int i = 0; i < normal.length(); i = next) {
            int c = normal.codePointAt(i);
            next = i + Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                if (start < 0) {
                    start = i;
                    typographic = false;
                }
            } else if (start >= 0 && !isMark(c)) {
                if (joins(normal, i, c)) {
                    typographic |= c > 0x7F;
                } else {
                    onWord.accept(word(normal, start, i, typographic));
                    start = -1;
                }
            }
        }
        if (start >= 0) {
            onWord.accept(word(normal, start, normal.length(), typographic));
        }
    }

    /**
     * Cuts a word where it is joined. An apostrophe stays with what follows it, and {@code n't} is one part: the Penn Treebank's
     * way, in which GloVe's vocabularies were made.
     *
     * @return the parts in their order; nothing for a word without a join
     */
    static List<String> parts(String word) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\'') {
                boolean not = i + 2 == word.length()
                        && i - 1 > start
                        && Character.toLowerCase(word.charAt(i - 1)) == 'n'
                        && Character.toLowerCase(word.charAt(i + 1)) == 't';
                int end = not ? i - 1 : i;
                parts.add(word.substring(start, end));
                start = end;
                i++;
            } else if (c == '-' || c == '.' || c == ',') {
                parts.add(word.substring(start, i));
                start = i + 1;
            }
        }
        if (start > 0) {
            parts.add(word.substring(start));
        }
        return parts;
    }

    private static String word(String text, int start, int end, boolean typographic) {
        String word = text.substring(start, end);
        return typographic ? word.replace('\u2019', '\'').replace('\u2010', '-').replace('\u2011', '-') : word;
    }

    /** Returns whether the character at {@code i}, which stands behind a word, goes on with it. */
    private static boolean joins(String text, int i, int c) {
        if (i + 1 == text.length()) {
            return false;
        }
        int after = text.codePointAt(i + 1);
        return switch (c) {
            case '\'', '-', '\u2019', '\u2010', '\u2011' -> Character.isLetterOrDigit(after);
            case '.', ',' -> Character.isDigit(after) && Character.isDigit(text.codePointBefore(i));
            default -> false;
        };
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
