package quintet.generate.pipeline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves the addresses of links and images out of text that arrives in pieces of any size: of {@code [text](address)} and
 * {@code ![text](address)} the text stays, of HTML that loads something nothing does. A document can make a language model write such
 * an address with what it read in it, and whoever shows the answer would fetch it. An address in plain text stays: nothing fetches
 * it. Text is passed on as it comes; only what may be the beginning of a link waits. Not thread-safe.
 */
final class LinkFilter {
    private static final int MAX_TEXT = 300;
    private static final int MAX_ADDRESS = 4_000;

    /** A number in brackets is a citation and keeps them. */
    private static final Pattern LINK = Pattern.compile(
            "!?\\[(?<text>[^\\[\\]\\n]{0,%d})]\\([^()\\n]{0,%d}(?:\\([^()\\n]{0,%d}\\))?[^()\\n]{0,%d}\\)"
                            .formatted(MAX_TEXT, MAX_ADDRESS, MAX_TEXT, MAX_TEXT)
                    + "|!?\\[(?<label>[^\\[\\]\\n]{0,%d})]:\\s*<?(?:https?|data|ftp):[^\\s>]{0,%d}>?(?=\\s)"
                            .formatted(MAX_TEXT, MAX_ADDRESS)
                    + "|</?(?:img|a|script|style|iframe|object|embed|link|meta|base|form|video|audio|source|picture|svg)\\b[^<>]{0,%d}>"
                            .formatted(MAX_ADDRESS),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BEGINNING = Pattern.compile(
            "!|!?\\[[^\\[\\]\\n]{0,%d}|!?\\[[^\\[\\]\\n]{0,%d}](?:\\([^\\n]{0,%d}|:\\s{0,8}(?:<?[a-z]{0,5}|<?(?:https?|data|ftp):[^\\s>]{0,%d}>?))?"
                            .formatted(MAX_TEXT, MAX_TEXT, MAX_ADDRESS, MAX_ADDRESS)
                    + "|</?[a-z]{0,7}|</?(?:img|a|script|style|iframe|object|embed|link|meta|base|form|video|audio|source|picture|svg)\\b[^<>]{0,%d}"
                            .formatted(MAX_ADDRESS),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OPENS = Pattern.compile("!?\\[|<|!$");
    private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,4}\\s*");

    private final StringBuilder waiting = new StringBuilder();
    private int removed;

    /** Returns what is certain after {@code delta} has arrived; may be empty. */
    String push(String delta) {
        waiting.append(delta);
        return release(false);
    }

    /** Returns what is left when nothing more arrives. */
    String end() {
        return release(true);
    }

    /** Returns how many links and images were left out. */
    int removed() {
        return removed;
    }

    private String release(boolean all) {
        StringBuilder certain = new StringBuilder();
        Matcher opens = OPENS.matcher(waiting);
        int from = 0;
        while (opens.find(from)) {
            int open = opens.start();
            Matcher link = LINK.matcher(waiting).region(open, waiting.length());
            certain.append(waiting, from, open);
            if (link.lookingAt()) {
                removed++;
                certain.append(shown(link));
                from = link.end();
            } else if (!all
                    && BEGINNING.matcher(waiting).region(open, waiting.length()).matches()) {
                waiting.delete(0, open);
                return certain.toString();
            } else {
                certain.append(waiting.charAt(open));
                from = open + 1;
            }
        }
        certain.append(waiting, from, waiting.length());
        waiting.setLength(0);
        return certain.toString();
    }

    private static String shown(Matcher link) {
        String text = link.group("text") == null ? link.group("label") : link.group("text");
        if (text == null) {
            return "";
        }
        return NUMBER.matcher(text).matches() ? "[" + text + "]" : text;
    }
}
