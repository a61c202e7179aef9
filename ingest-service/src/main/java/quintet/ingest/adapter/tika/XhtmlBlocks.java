package quintet.ingest.adapter.tika;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;
import quintet.ingest.model.Block;

/** Turns the XHTML that Tika's parsers emit into blocks. Slides count as pages. */
final class XhtmlBlocks extends DefaultHandler {
    private static final Set<String> IGNORED = Set.of("head", "title", "script", "style", "noscript", "template");
    private static final Set<String> BREAKING = Set.of(
            "p",
            "div",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "pre",
            "blockquote",
            "section",
            "article",
            "header",
            "footer",
            "nav",
            "main",
            "aside",
            "figure",
            "figcaption",
            "form",
            "body",
            "address",
            "hr",
            "details",
            "summary",
            "fieldset");

    private static final int SLIDE_LEVEL = 2;
    private static final int MAX_SLIDE_TITLE = 120;

    private final Blocks blocks;
    private final StringBuilder open = new StringBuilder();
    private final Deque<StringBuilder> rows = new ArrayDeque<>();
    private int ignored;
    private int heading;
    private int items;
    private int preformatted;
    private int page;
    private boolean slides;
    private boolean titleDue;

    XhtmlBlocks(int maxCharacters) {
        blocks = new Blocks(maxCharacters);
    }

    List<Block> list() {
        return blocks.list();
    }

    /** Returns the number of slides; 0 if there were none. */
    int pages() {
        return slides ? page : 0;
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) {
        if (IGNORED.contains(name)) {
            ignored++;
        } else if (isHeading(name)) {
            close();
            heading = name.charAt(1) - '0';
        } else if (name.equals("br")) {
            append("\n");
        } else if (name.equals("tr")) {
            close();
            rows.push(new StringBuilder());
        } else if (name.equals("td") || name.equals("th")) {
            openCell();
        } else if (BREAKING.contains(name)) {
            closeUnlessInCell();
        }
        switch (name) {
            case "li" -> items++;
            case "pre" -> preformatted++;
            case "div" -> {
                String kind = attributes.getValue("class");
                if ("slide-content".equals(kind)) {
                    slides = true;
                    titleDue = true;
                    page++;
                }
            }
            default -> {}
        }
    }

    @Override
    public void endElement(String uri, String name, String qualified) {
        if (IGNORED.contains(name)) {
            ignored = Math.max(0, ignored - 1);
        } else if (isHeading(name)) {
            close();
            heading = 0;
        } else if (name.equals("td") || name.equals("th")) {
            closeCell();
        } else if (name.equals("tr")) {
            closeRow();
        } else if (BREAKING.contains(name)) {
            closeUnlessInCell();
        }
        switch (name) {
            case "li" -> items = Math.max(0, items - 1);
            case "pre" -> preformatted = Math.max(0, preformatted - 1);
            default -> {}
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (ignored == 0) {
            append(new String(characters, start, length));
        }
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) {
        characters(characters, start, length);
    }

    @Override
    public void endDocument() {
        close();
    }

    private void append(String text) {
        blocks.check(open.length() + text.length());
        open.append(preformatted > 0 || text.equals("\n") ? text : text.replace('\n', ' '));
    }

    private void openCell() {
        if (rows.isEmpty()) {
            close();
        } else {
            open.setLength(0);
        }
    }

    private void closeCell() {
        StringBuilder row = rows.peek();
        if (row == null) {
            close();
            return;
        }
        String cell = open.toString().strip().replaceAll("\\s+", " ");
        row.append(row.isEmpty() ? "" : PdfLine.CELL_SEPARATOR).append(cell);
        open.setLength(0);
    }

    private void closeRow() {
        StringBuilder row = rows.poll();
        if (row == null) {
            return;
        }
        String cells = row.toString();
        while (cells.endsWith(PdfLine.CELL_SEPARATOR)) {
            cells = cells.substring(0, cells.length() - PdfLine.CELL_SEPARATOR.length());
        }
        if (!cells.replace("|", "").isBlank()) {
            if (rows.isEmpty()) {
                blocks.add(Block.of(Block.Kind.TABLE_ROW, cells, page));
            } else {
                append(cells + " ");
            }
        }
    }

    private void closeUnlessInCell() {
        if (rows.isEmpty()) {
            close();
        } else {
            append(" ");
        }
    }

    private void close() {
        if (!rows.isEmpty()) {
            return;
        }
        String text = preformatted > 0
                ? open.toString().stripTrailing()
                : open.toString().strip();
        open.setLength(0);
        if (heading > 0) {
            blocks.add(Block.heading(heading, text, page));
        } else if (preformatted > 0) {
            blocks.add(Block.of(Block.Kind.PREFORMATTED, text, page));
        } else if (titleDue && !text.isEmpty() && text.length() <= MAX_SLIDE_TITLE) {
            // The shape that comes first on a slide is its title.
            titleDue = false;
            blocks.add(Block.heading(SLIDE_LEVEL, text, page));
        } else {
            boolean item = items > 0 || text.startsWith("· ") || text.startsWith("• ");
            blocks.add(Block.of(item ? Block.Kind.LIST_ITEM : Block.Kind.PARAGRAPH, text, page));
        }
    }

    private static boolean isHeading(String name) {
        return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6';
    }
}
