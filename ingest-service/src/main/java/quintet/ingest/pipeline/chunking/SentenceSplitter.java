package quintet.ingest.pipeline.chunking;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where sentences begin, by the rules of Unicode as {@link BreakIterator} has them, with care for abbreviations. */
final class SentenceSplitter {
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "etc", "e.g", "i.e", "cf", "al", "fig", "figs",
            "eq", "no", "nos", "vol", "pp", "sec", "ch", "dept", "inc", "ltd", "co", "corp", "approx", "est", "min",
            "max", "tel", "u.s", "u.k", "a.m", "p.m", "ph.d", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
            "sept", "oct", "nov", "dec", "bzw", "z.b", "d.h", "ca", "nr", "str", "abs", "art", "resp");

    /** The last word before a full stop, and what follows it. */
    private static final Pattern LAST_WORD = Pattern.compile("([\\p{L}][\\p{L}.]*)\\.[\"'”’)\\]]*\\s*$");

    private SentenceSplitter() {}

    /** Tells {@code start} of each sentence of {@code text}, beginning with 0. */
    static void split(String text, IntConsumer start) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        start.accept(0);
        int from = 0;
        for (int end = sentences.next(); end != BreakIterator.DONE && end < text.length(); end = sentences.next()) {
            if (!abbreviated(text, from, end)) {
                start.accept(end);
                from = end;
            }
        }
    }

    private static boolean abbreviated(String text, int from, int end) {
        if (Character.isLowerCase(text.charAt(end))) {
            return true;
        }
        Matcher last = LAST_WORD.matcher(text).region(Math.max(from, end - 16), end);
        if (!last.find()) {
            return false;
        }
        String word = last.group(1).toLowerCase(Locale.ROOT);
        return (word.length() == 1 && !word.equals("i")) || ABBREVIATIONS.contains(word);
    }
}
