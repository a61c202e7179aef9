package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a PDF with their place and font, in the order of the page's content. */
final class PdfLineStripper extends PDFTextStripper {
    /** A gap within a line of more than this many font sizes separates cells. */
    private static final float CELL_GAP = 1.8f;

    private final List<PdfLine> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final int maxCharacters;
    private long characters;
    private @Nullable TextPosition first;
    private float end;
    private float fontSize;
    private int largest;
    private int boldCharacters;
    private int cells = 1;

    private PdfLineStripper(int maxCharacters) {
        this.maxCharacters = maxCharacters;
        setSuppressDuplicateOverlappingText(true);
    }

    /** Returns the lines of all pages. */
    static List<PdfLine> read(PDDocument document, int maxCharacters) throws IOException {
        PdfLineStripper stripper = new PdfLineStripper(maxCharacters);
        stripper.writeText(document, Writer.nullWriter());
        return stripper.lines;
    }

    @Override
    protected void writeString(String word, List<TextPosition> positions) {
        if (positions.isEmpty()) {
            text.append(word);
            return;
        }
        TextPosition start = positions.getFirst();
        TextPosition last = positions.getLast();
        if (first == null) {
            first = start;
        } else if (start.getXDirAdj() - end > CELL_GAP * start.getFontSizeInPt()
                && !text.toString().isBlank()) {
            text.setLength(text.toString().stripTrailing().length());
            text.append(PdfLine.CELL_SEPARATOR);
            cells++;
        }
        text.append(word);
        end = last.getXDirAdj() + last.getWidthDirAdj();
        if (positions.size() > largest) {
            largest = positions.size();
            fontSize = start.getFontSizeInPt();
        }
        if (bold(start.getFont())) {
            boldCharacters += word.length();
        }
    }

    @Override
    protected void writeWordSeparator() {
        text.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void endPage(PDPage page) {
        endLine();
    }

    private void endLine() {
        String line = text.toString().strip();
        if (first != null && !line.isEmpty()) {
            characters += line.length();
            new Blocks(maxCharacters).check((int) Math.min(characters, Integer.MAX_VALUE));
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
            lines.add(new PdfLine(
                    line,
                    getCurrentPageNo(),
                    first.getYDirAdj(),
                    first.getXDirAdj(),
                    fontSize,
                    boldCharacters * 2 > line.length(),
                    cells));
        }
        text.setLength(0);
        first = null;
        largest = 0;
        boldCharacters = 0;
        cells = 1;
    }

    private static boolean bold(@Nullable PDFont font) {
        if (font == null || font.getName() == null) {
            return false;
        }
        String name = font.getName().toLowerCase(Locale.ROOT);
        return name.contains("bold") || name.contains("black") || name.contains("heavy") || name.contains("cmbx");
    }
}
