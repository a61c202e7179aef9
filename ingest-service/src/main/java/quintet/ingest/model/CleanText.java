package quintet.ingest.model;

import java.util.List;

/**
 * The cleaned text of a document version: what chunks and citations point into.
 *
 * @param text all of it; blocks are separated by white space only
 * @param blocks its blocks in order, without overlap, covering every character that is not blank
 * @param pageBreaks where each page begins, by rising offset; empty where the format has no pages
 */
public record CleanText(String text, List<TextBlock> blocks, List<PageBreak> pageBreaks) {
    /**
     * A block of the cleaned text.
     *
     * @param kind what it is
     * @param level depth of a heading from 1; 0 otherwise
     * @param start offset of its first character, in UTF-16 code units
     * @param end offset behind its last character
     */
    public record TextBlock(Block.Kind kind, int level, int start, int end) {}

    /**
     * The first character of a page.
     *
     * @param start offset, in UTF-16 code units
     * @param page number, from 1
     */
    public record PageBreak(int start, int page) {}

    /** Copies the lists. */
    public CleanText {
        blocks = List.copyOf(blocks);
        pageBreaks = List.copyOf(pageBreaks);
    }

    /** Returns the characters of a block. */
    public String textOf(TextBlock block) {
        return text.substring(block.start(), block.end());
    }

    /** Returns the page that the character at {@code offset} is on; 0 where the format has no pages. */
    public int pageAt(int offset) {
        int low = 0;
        int high = pageBreaks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pageBreaks.get(middle).start() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : pageBreaks.get(low - 1).page();
    }
}
