package quintet.generate.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds {@code [1]}, {@code [2, 3]} and {@code [4][5]} in text that arrives in pieces of any size. Text is passed on as it comes;
 * only what may be the beginning of a mark waits for the next piece. Brackets that hold anything else are text. Not thread-safe.
 */
final class CitationParser {
    /** A piece of an answer. */
    sealed interface Piece {
        /** Text without marks. */
        record Text(String text) implements Piece {}

        /** A mark that names a source. */
        record Mark(int number) implements Piece {}
    }

    private static final Pattern MARK = Pattern.compile("\\[\\s*\\d{1,4}(?:\\s*[,;]\\s*\\d{1,4})*\\s*]");
    private static final Pattern BEGINNING = Pattern.compile("\\[[\\s\\d,;]{0,32}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private final StringBuilder waiting = new StringBuilder();

    /** Returns what is certain after {@code delta} has arrived. */
    List<Piece> push(String delta) {
        waiting.append(delta);
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        while (from < waiting.length()) {
            int open = waiting.indexOf("[", from);
            if (open < 0) {
                break;
            }
            Matcher mark = MARK.matcher(waiting).region(open, waiting.length());
            if (mark.lookingAt()) {
                text(pieces, from, open);
                NUMBER.matcher(mark.group())
                        .results()
                        .forEach(n -> pieces.add(new Piece.Mark(Integer.parseInt(n.group()))));
                from = mark.end();
            } else if (BEGINNING.matcher(waiting).region(open, waiting.length()).matches()) {
                text(pieces, from, open);
                waiting.delete(0, open);
                return pieces;
            } else {
                text(pieces, from, open + 1);
                from = open + 1;
            }
        }
        text(pieces, from, waiting.length());
        waiting.setLength(0);
        return pieces;
    }

    /** Returns what is left when nothing more arrives. */
    List<Piece> end() {
        List<Piece> pieces = new ArrayList<>();
        text(pieces, 0, waiting.length());
        waiting.setLength(0);
        return pieces;
    }

    private void text(List<Piece> pieces, int from, int to) {
        if (to > from) {
            pieces.add(new Piece.Text(waiting.substring(from, to)));
        }
    }
}
