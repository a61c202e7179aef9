package quintet.ingest.adapter.tika;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quintet.ingest.model.Block;

/** Finds headings, lists, tables and code in Markdown; marks inside a line stay as they are. */
final class MarkdownFormat {
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(```+|~~~+).*");
    private static final Pattern ATX = Pattern.compile("^ {0,3}(#{1,6})[ \\t]+(.*?)(?:[ \\t]+#+)?[ \\t]*$");
    private static final Pattern SETEXT = Pattern.compile("^ {0,3}(=+|-+)[ \\t]*$");
    private static final Pattern ITEM = Pattern.compile("^[ \\t]*([-*+]|[0-9]{1,9}[.)])[ \\t]+\\S.*");
    private static final Pattern ROW = Pattern.compile("^[ \\t]*\\|.*\\|[ \\t]*$");
    private static final Pattern RULE = Pattern.compile("^[ \\t]*\\|?[ \\t:|-]*-[ \\t:|-]*\\|?[ \\t]*$");

    /** Longer lines are text: nobody marks up so much, and patterns may take their time over it. */
    private static final int MAX_MARKED_CHARACTERS = 1_000;

    private final Blocks blocks;
    private final StringBuilder open = new StringBuilder();
    private Block.Kind kind = Block.Kind.PARAGRAPH;
    private String fence = "";

    private MarkdownFormat(Blocks blocks) {
        this.blocks = blocks;
    }

    static List<Block> blocks(String text, int maxCharacters) {
        MarkdownFormat format = new MarkdownFormat(new Blocks(maxCharacters));
        text.lines().forEach(format::line);
        format.close();
        return format.blocks.list();
    }

    private void line(String line) {
        if (line.length() > MAX_MARKED_CHARACTERS) {
            append(line);
            return;
        }
        if (!fence.isEmpty()) {
            append(line);
            if (line.strip().startsWith(fence)) {
                fence = "";
                close();
            }
            return;
        }
        Matcher fenced = FENCE.matcher(line);
        Matcher atx = ATX.matcher(line);
        Matcher setext = SETEXT.matcher(line);
        if (fenced.matches()) {
            begin(Block.Kind.PREFORMATTED, line);
            fence = fenced.group(1).substring(0, 3);
        } else if (atx.matches()) {
            close();
            blocks.add(Block.heading(atx.group(1).length(), atx.group(2), 0));
        } else if (setext.matches() && kind == Block.Kind.PARAGRAPH && !open.isEmpty()) {
            String title = open.toString();
            open.setLength(0);
            blocks.add(Block.heading(setext.group(1).toLowerCase(Locale.ROOT).startsWith("=") ? 1 : 2, title, 0));
        } else if (line.isBlank()) {
            close();
        } else if (ROW.matcher(line).matches()) {
            close();
            if (!RULE.matcher(line).matches()) {
                blocks.add(Block.of(Block.Kind.TABLE_ROW, cells(line), 0));
            }
        } else if (ITEM.matcher(line).matches()) {
            begin(Block.Kind.LIST_ITEM, line.strip());
        } else {
            append(line.strip());
        }
    }

    private static String cells(String line) {
        String inner = line.strip();
        inner = inner.substring(1, inner.length() - 1);
        return inner.strip().replaceAll("[ \\t]*(?<!\\\\)\\|[ \\t]*", " | ");
    }

    private void begin(Block.Kind newKind, String line) {
        close();
        kind = newKind;
        open.append(line);
    }

    private void append(String line) {
        open.append(open.isEmpty() ? "" : "\n").append(line);
    }

    private void close() {
        blocks.add(Block.of(kind, open.toString(), 0));
        open.setLength(0);
        kind = Block.Kind.PARAGRAPH;
    }
}
