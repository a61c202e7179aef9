package quintet.ingest.pipeline.cleaning;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the printed lines of a paragraph so that sentences are whole, undoing hyphenation at line ends. A line that ends
 * much shorter than the longest keeps its break: it ended on purpose, as in addresses.
 */
final class LineJoiner {
    /** A line shorter than this part of the longest ended on purpose, if the next begins like a new one. */
    private static final double SHORT = 0.6;

    private static final Pattern BEGINS_ANEW = Pattern.compile("^[\\p{Lu}\\p{N}•(\"“]");
    private static final Pattern LAST_PART = Pattern.compile("([\\p{L}\\p{M}]+)-$");
    private static final Pattern FIRST_PART = Pattern.compile("^[\\p{Ll}\\p{M}]+");

    private static final Pattern NUMBER_CUT = Pattern.compile("[0-9]-");

    private final Vocabulary vocabulary;

    LineJoiner(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Returns the lines of {@code text} as one paragraph. */
    String join(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        int longest = lines.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder joined = new StringBuilder();
        String above = "";
        for (String line : lines) {
            boolean onPurpose = above.length() < SHORT * longest
                    && BEGINS_ANEW.matcher(line).find();
            append(joined, line, onPurpose ? "\n" : " ");
            above = line;
        }
        return joined.toString().replace(String.valueOf(UnicodeNormalizer.SOFT_HYPHEN), "");
    }

    /** Appends a line to what is above it, with {@code separator} unless the line end cuts a word. */
    void append(StringBuilder joined, String line, String separator) {
        int last = joined.length() - 1;
        if (last < 0) {
            joined.append(line);
            return;
        }
        if (joined.charAt(last) == UnicodeNormalizer.SOFT_HYPHEN) {
            joined.setLength(last);
            joined.append(line);
            return;
        }
        Matcher left = LAST_PART.matcher(joined).region(Math.max(0, joined.length() - 64), joined.length());
        Matcher right = FIRST_PART.matcher(line);
        if (left.find() && right.find()) {
            if (vocabulary.broken(left.group(1), right.group())) {
                joined.setLength(last);
            }
        } else if (!NUMBER_CUT
                        .matcher(joined)
                        .region(Math.max(0, joined.length() - 2), joined.length())
                        .matches()
                || !Character.isDigit(line.charAt(0))) {
            joined.append(separator);
        }
        joined.append(line);
    }
}
