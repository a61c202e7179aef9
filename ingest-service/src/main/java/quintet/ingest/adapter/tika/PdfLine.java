package quintet.ingest.adapter.tika;

/**
 * A line of a PDF page as it is printed. Coordinates in points, y down from the top of the page.
 *
 * @param text characters; wide gaps within the line as {@code " | "}
 * @param page page from 1
 * @param y baseline
 * @param x left edge
 * @param fontSize size of most of its characters, in points
 * @param bold whether most of it is bold
 * @param cells pieces between wide gaps, at least 1
 */
record PdfLine(String text, int page, float y, float x, float fontSize, boolean bold, int cells) {
    /** Separates the cells of a table row. */
    static final String CELL_SEPARATOR = " | ";
}
