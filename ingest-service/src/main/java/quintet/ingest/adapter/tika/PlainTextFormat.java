package quintet.ingest.adapter.tika;

import java.util.List;
import quintet.ingest.model.Block;

/** Finds paragraphs in plain text: they are separated by blank lines, list items begin a line. */
final class PlainTextFormat {
    private static final String ITEM = "^[ \\t]*([-*+•]|[0-9]{1,3}[.)])[ \\t]+\\S.*";

    private PlainTextFormat() {}

    static List<Block> blocks(String text, int maxCharacters) {
        Blocks blocks = new Blocks(maxCharacters);
        StringBuilder open = new StringBuilder();
        boolean item = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            boolean startsItem = line.matches(ITEM);
            if (line.isBlank() || startsItem) {
                blocks.add(Block.of(item ? Block.Kind.LIST_ITEM : Block.Kind.PARAGRAPH, open.toString(), 0));
                open.setLength(0);
                item = startsItem;
            }
            open.append(open.isEmpty() ? "" : "\n").append(line.stripTrailing());
        }
        blocks.add(Block.of(item ? Block.Kind.LIST_ITEM : Block.Kind.PARAGRAPH, open.toString(), 0));
        return blocks.list();
    }
}
