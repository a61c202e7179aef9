package quintet.generate.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits the text of a passage into sentences, lists and fragments, with their offsets.
 *
 * <p>A line break inside a paragraph is a space; a blank line, a heading and the mark of a list item are ends. The words before a
 * list ("The plan covers:") and its items are one piece, since neither says anything alone. Text without line breaks works as
 * well, and so do scripts whose full stop is not a dot.
 */
public final class SentenceSplitter {
    /** A list grows to this many characters; what follows is a piece of its own. */
    private static final int MAX_LIST_CHARACTERS = 600;

    /** A line this short without a full stop, before a line that begins anew, is a heading. */
    private static final int MAX_HEADING_CHARACTERS = 60;

    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "vs", "etc", "e.g", "i.e", "inc", "ltd", "co", "corp",
            "dept", "est", "fig", "figs", "vol", "pp", "p", "sec", "approx", "jan", "feb", "mar", "apr", "jun", "jul",
            "aug", "sep", "sept", "oct", "nov", "dec", "u.s", "u.k", "a.m", "p.m", "cf", "al", "ed", "eds", "jr", "sr",
            "gen", "col", "ca");

    private static final Pattern TABLE_ROW = Pattern.compile("\\s*\\|.*|[^\\t]*\\t[^\\t]*\\t.*");

    private final String text;
    private final List<Sentence> pieces = new ArrayList<>();

    private SentenceSplitter(String text) {
        this.text = text;
    }

    /** Returns the pieces of {@code text} in their order; together they hold every character that is not white space. */
    public static List<Sentence> split(String text) {
        SentenceSplitter splitter = new SentenceSplitter(text);
        splitter.splitBlocks();
        return splitter.joinLists();
    }

    /** Walks over the lines and closes a block wherever a reader would see one end. */
    private void splitBlocks() {
        int blockStart = -1;
        boolean item = false;
        int lineStart = 0;
        while (lineStart < text.length()) {
            int lineEnd = lineEnd(lineStart);
            String line = text.substring(lineStart, lineEnd);
            if (line.isBlank()) {
                close(blockStart, lineStart, item);
                blockStart = -1;
            } else {
                boolean newItem = Lists.isItem(line);
                if (blockStart < 0 || newItem || endsBlock(blockStart, lineStart, line, item)) {
                    close(blockStart, lineStart, item);
                    blockStart = lineStart;
                    item = newItem;
                }
            }
            lineStart = lineEnd + 1;
        }
        close(blockStart, text.length(), item);
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** Returns whether the line before {@code line} ends its block: a heading, a row of a table, or words before a list. */
    private boolean endsBlock(int blockStart, int lineStart, String line, boolean item) {
        int previousStart = Math.max(blockStart, text.lastIndexOf('\n', Math.max(0, lineStart - 2)) + 1);
        String previous = text.substring(previousStart, lineStart).strip();
        if (TABLE_ROW.matcher(previous).matches() || TABLE_ROW.matcher(line).matches() || previous.startsWith("#")) {
            return true;
        }
        int first = line.strip().codePointAt(0);
        boolean beginsAnew = Character.isUpperCase(first) || Character.isDigit(first) || first == '#';
        // Behind an item a line that begins anew is no part of it; in a paragraph only a short line without a full stop
        // ends.
        return beginsAnew && (item || (previous.length() < MAX_HEADING_CHARACTERS && !endsSentence(previous)));
    }

    private void close(int start, int end, boolean item) {
        if (start < 0) {
            return;
        }
        if (item) {
            add(Sentence.Kind.LIST, start, end);
            return;
        }
        int sentenceStart = start;
        for (int i = start; i < end; i++) {
            int stop = stopAt(i, end);
            if (stop > 0) {
                add(Sentence.Kind.SENTENCE, sentenceStart, stop);
                sentenceStart = stop;
                i = stop - 1;
            }
        }
        add(Sentence.Kind.FRAGMENT, sentenceStart, end);
    }

    /** Returns the offset behind the sentence that ends with the character at {@code i}, or 0 if none does. */
    private int stopAt(int i, int end) {
        char c = text.charAt(i);
        if ("。！？".indexOf(c) >= 0) {
            return i + 1;
        }
        if (".!?".indexOf(c) < 0) {
            return 0;
        }
        int after = i + 1;
        while (after < end && ".!?\"'”’)]»".indexOf(text.charAt(after)) >= 0) {
            after++;
        }
        if (after < end && !Character.isWhitespace(text.charAt(after))) {
            return 0;
        }
        int next = after;
        while (next < end && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next >= end) {
            return after;
        }
        int follower = text.codePointAt(next);
        if (Character.isLowerCase(follower)) {
            return 0;
        }
        return c == '.' && after == i + 1 && isAbbreviation(i) ? 0 : after;
    }

    private boolean isAbbreviation(int dot) {
        int start = dot;
        while (start > 0 && (Character.isLetterOrDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
            start--;
        }
        String word = text.substring(start, dot);
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
        return initial || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static boolean endsSentence(String line) {
        int end = line.length();
        while (end > 0 && "\"'”’)]»".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return end > 0 && ".!?;,。！？".indexOf(line.charAt(end - 1)) >= 0;
    }

    private void add(Sentence.Kind kind, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            pieces.add(new Sentence(kind, start, end, text.substring(start, end)));
        }
    }

    /** Joins items with each other and with the words that introduce them. */
    private List<Sentence> joinLists() {
        List<Sentence> joined = new ArrayList<>(pieces.size());
        for (Sentence piece : pieces) {
            Sentence last = joined.isEmpty() ? null : joined.getLast();
            boolean introduced = last != null
                    && (last.kind() == Sentence.Kind.LIST || last.text().endsWith(":"));
            if (piece.kind() == Sentence.Kind.LIST
                    && last != null
                    && introduced
                    && piece.end() - last.start() <= MAX_LIST_CHARACTERS) {
                joined.removeLast();
                joined.add(new Sentence(
                        Sentence.Kind.LIST, last.start(), piece.end(), text.substring(last.start(), piece.end())));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }
}
