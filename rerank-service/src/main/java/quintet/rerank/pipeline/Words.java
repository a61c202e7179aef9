package quintet.rerank.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text in lower case, cut to their first {@value #LETTERS} letters so that "reimburse" and "reimbursement" meet:
 * truncation is a stemmer that is nearly as good as a real one and knows no language.
 */
public final class Words {
    private static final int LETTERS = 6;

    private Words() {}

    /** Returns the words of {@code text} in their order, each as often as it occurs. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                if (word.length() < LETTERS) {
                    word.appendCodePoint(c);
                }
            } else {
                end(word, words);
            }
        });
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
