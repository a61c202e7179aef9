package quintet.generate.model;

/**
 * A piece of a text that says something by itself.
 *
 * @param kind what it is made of
 * @param start offset of its first character in the text, in UTF-16 code units
 * @param end offset behind its last character
 * @param text the characters themselves
 */
public record Sentence(Kind kind, int start, int end, String text) {
    /** What a piece of text is. */
    public enum Kind {
        /** A sentence from its first word to its full stop. */
        SENTENCE,
        /** Items of a list, with the words that introduce them. */
        LIST,
        /** A heading, a row of a table, the rest of a sentence that was cut. */
        FRAGMENT
    }

    /** Returns the sentence as one line: line breaks become spaces, the marks of list items become semicolons. */
    public String inline() {
        if (kind != Kind.LIST) {
            return text.strip().replaceAll("\\s+", " ");
        }
        StringBuilder line = new StringBuilder();
        for (String part : text.lines().toList()) {
            String item = Lists.withoutMark(part).strip().replaceAll("\\s+", " ");
            if (item.isEmpty()) {
                continue;
            }
            boolean newItem = Lists.isItem(part) && !line.isEmpty();
            if (newItem && line.charAt(line.length() - 1) != ':') {
                trimEnd(line);
                line.append(';');
            }
            line.append(line.isEmpty() ? "" : " ").append(item);
        }
        trimEnd(line);
        return line.append('.').toString();
    }

    private static void trimEnd(StringBuilder line) {
        while (!line.isEmpty() && ".;,".indexOf(line.charAt(line.length() - 1)) >= 0) {
            line.setLength(line.length() - 1);
        }
    }
}
