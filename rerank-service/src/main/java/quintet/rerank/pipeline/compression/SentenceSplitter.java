package quintet.rerank.pipeline.compression;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quintet.rerank.model.TextSpan;

/**
 * Splits a passage into what is kept or left out as a whole: sentences, by the rules of Unicode as {@link BreakIterator} has them
 * and with care for abbreviations; list items; rows of tables; blocks of code between fences. A line break inside a
 * paragraph is a space.
 */
final class SentenceSplitter {
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "cf", "al", "fig", "no", "vol", "pp",
            "inc", "ltd", "co", "corp", "dept", "approx", "u.s", "u.k", "a.m", "p.m");

    /** The last word before a full stop, and what follows it. */
    private static final Pattern LAST_WORD = Pattern.compile("([\\p{L}][\\p{L}.]*)\\.[\"'”’)\\]]*\\s*$");

    private static final int LONGEST_LAST_WORD = 16;

    /** A heading, a row of a table or an item of a list begins anew; what stands on the line before has ended. */
    private static final Pattern BEGINS_ANEW =
            Pattern.compile("\\s*(#|\\||[-*•▪◦]\\s|\\(?\\d{1,3}[.)]\\s).*|[^\\t]*\\t[^\\t]*\\t.*");

    /** A heading or a row ends with its line. */
    private static final Pattern ENDS_WITH_LINE = Pattern.compile("\\s*(#|\\|).*|[^\\t]*\\t[^\\t]*\\t.*");

    private static final String FENCE = "```";

    private final String text;
    private final List<TextSpan> pieces = new ArrayList<>();

    private SentenceSplitter(String text) {
        this.text = text;
    }

    /** Returns the pieces of {@code text} in their order; together they hold every character that is not white space. */
    static List<TextSpan> split(String text) {
        SentenceSplitter splitter = new SentenceSplitter(text);
        splitter.splitBlocks();
        return splitter.pieces;
    }

    private void splitBlocks() {
        int block = 0;
        boolean code = false;
        for (int start = 0; start < text.length(); ) {
            int end = lineEnd(start);
            String line = text.substring(start, end);
            boolean fence = line.strip().startsWith(FENCE);
            if (code) {
                if (fence) {
                    add(block, end);
                    block = end;
                    code = false;
                }
            } else if (fence || line.isBlank() || BEGINS_ANEW.matcher(line).matches()) {
                splitSentences(block, start);
                block = start;
                code = fence;
            }
            if (!code && ENDS_WITH_LINE.matcher(line).matches()) {
                add(block, end);
                block = end;
            }
            start = Math.min(text.length(), end + 1);
        }
        if (code) {
            add(block, text.length());
        } else {
            splitSentences(block, text.length());
        }
    }

    private int lineEnd(int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private void splitSentences(int from, int to) {
        if (from >= to) {
            return;
        }
        // Java takes a line break for the end of a paragraph.
        String block = text.substring(from, to).replace('\n', ' ');
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(block);
        int start = 0;
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            if (end == block.length() || !abbreviated(block, start, end)) {
                add(from + start, from + end);
                start = end;
            }
        }
    }

    private static boolean abbreviated(String block, int start, int end) {
        if (Character.isLowerCase(block.codePointAt(end))) {
            return true;
        }
        Matcher last = LAST_WORD.matcher(block).region(Math.max(start, end - LONGEST_LAST_WORD), end);
        if (!last.find()) {
            return false;
        }
        String word = last.group(1).toLowerCase(Locale.ROOT);
        return (word.length() == 1 && !word.equals("i")) || ABBREVIATIONS.contains(word);
    }

    private void add(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            pieces.add(new TextSpan(start, end));
        }
    }
}
