package quintet.ingest.model;

/**
 * A piece of a document as its format marks it, in reading order.
 *
 * @param kind what it is
 * @param level depth of a heading from 1; 0 otherwise
 * @param text raw characters; lines as the format has them, separated by {@code \n}
 * @param page page from 1; 0 where the format has no pages
 */
public record Block(Kind kind, int level, String text, int page) {
    /** What a block is. */
    public enum Kind {
        /** A title of what follows. */
        HEADING,
        /** Sentences. */
        PARAGRAPH,
        /** One entry of a list. */
        LIST_ITEM,
        /** One row of a table, cells separated by {@code " | "}. */
        TABLE_ROW,
        /** Text whose lines mean something, such as code. */
        PREFORMATTED;

        /** Returns whether blocks of this kind belong to the one of the same kind before them. */
        public boolean runsOn() {
            return this == LIST_ITEM || this == TABLE_ROW;
        }
    }

    /** Returns a heading. */
    public static Block heading(int level, String text, int page) {
        return new Block(Kind.HEADING, level, text, page);
    }

    /** Returns a block that is not a heading. */
    public static Block of(Kind kind, String text, int page) {
        return new Block(kind, 0, text, page);
    }

    /** Returns the same block with other text. */
    public Block withText(String newText) {
        return new Block(kind, level, newText, page);
    }
}
