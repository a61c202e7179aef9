package quintet.ingest.pipeline.chunking;

import java.util.List;

/**
 * The smallest piece that is not cut: a sentence, a heading, a row, or a slice of one that is too long.
 *
 * @param start offset of the first character in the cleaned text
 * @param end offset behind the last character; neither end is blank
 * @param tokens tokens of the piece, at least 1
 * @param heading depth of the heading that it is, from 0 for the top level of the document; -1 if it is none
 * @param sectionPath headings above it, with itself if it is one
 * @param page page of its first character
 * @param boundary what separates it from the piece before it
 * @param announces whether it ends in a colon
 */
record Unit(
        int start,
        int end,
        int tokens,
        int heading,
        List<String> sectionPath,
        int page,
        Boundary boundary,
        boolean announces) {
    /** What separates a piece from the one before it, from the worst place to cut to the best. */
    enum Boundary {
        /** Within a sentence that is too long. */
        SLICE,
        /** Between sentences of a paragraph. */
        SENTENCE,
        /** Between items of a list or rows of a table. */
        ITEM,
        /** Between paragraphs. */
        PARAGRAPH,
        /** Before a heading, or at the begin of the text. */
        SECTION
    }

    boolean isHeading() {
        return heading >= 0;
    }
}
