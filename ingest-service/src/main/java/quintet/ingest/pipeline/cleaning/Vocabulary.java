package quintet.ingest.pipeline.cleaning;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one document, to tell a hyphen that breaks a word at a line end from one that belongs to it. */
final class Vocabulary {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:['’-][\\p{L}\\p{M}]+)*");
    /** More words than this only cost memory. */
    private static final int MAX_WORDS = 200_000;

    private static final int MAX_WORD_CHARACTERS = 40;

    /** A text of this many lines whose lines end in hyphens more rarely than the share below was not hyphenated. */
    private static final int MANY_LINES = 100;

    private static final double HYPHENATED_SHARE = 0.01;

    private final Set<String> words = new HashSet<>();
    private final boolean hyphenated;

    /** Takes the words of {@code texts}, but not those that a line end cuts. */
    Vocabulary(List<String> texts) {
        texts.forEach(this::add);
        int lines = 0;
        int hyphens = 0;
        int evidence = 0;
        for (String text : texts) {
            lines += (int) text.lines().count();
            for (int cut = text.indexOf("-\n"); cut >= 0; cut = text.indexOf("-\n", cut + 2)) {
                String left = wordBefore(text, cut);
                String right = wordAfter(text, cut + 2);
                if (!left.isEmpty() && !right.isEmpty() && Character.isLowerCase(right.charAt(0))) {
                    hyphens++;
                    evidence += evidence(lower(left), lower(right));
                }
            }
        }
        boolean rare = lines >= MANY_LINES && hyphens < HYPHENATED_SHARE * lines;
        hyphenated = evidence > 0 || (evidence == 0 && !rare);
    }

    /**
     * Returns whether {@code left-right} is one word broken at a line end, to be joined without the hyphen: as the document
     * has it elsewhere, else as it treats others.
     */
    boolean broken(String left, String right) {
        int evidence = evidence(lower(left), lower(right));
        return evidence == 0 ? hyphenated : evidence > 0;
    }

    /** Returns 1 for a word, -1 for two that a hyphen joins, 0 if the document does not say. */
    private int evidence(String left, String right) {
        if (words.contains(left + right)) {
            return 1;
        }
        boolean two = words.contains(left + "-" + right) || (words.contains(left) && words.contains(right));
        return two ? -1 : 0;
    }

    private void add(String text) {
        Matcher word = WORD.matcher(text);
        while (word.find() && words.size() < MAX_WORDS) {
            boolean cut = text.startsWith("-\n", word.end());
            boolean rest = word.start() > 1 && text.startsWith("-\n", word.start() - 2);
            if (!cut && !rest && word.end() - word.start() <= MAX_WORD_CHARACTERS) {
                words.add(lower(word.group()));
            }
        }
    }

    private static String wordBefore(String text, int end) {
        int start = end;
        while (start > 0 && end - start < MAX_WORD_CHARACTERS && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    private static String wordAfter(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < MAX_WORD_CHARACTERS && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
