package quintet.ingest.pipeline.cleaning;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import quintet.ingest.model.Block;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.CleanText.PageBreak;
import quintet.ingest.model.CleanText.TextBlock;

/**
 * Turns the blocks of a parser into the text that chunks and citations point into: characters in one form, no running
 * headers and footers, words and sentences whole across lines and pages, single spaces.
 */
public final class TextCleaner {
    /** Dots that lead the eye from a heading to its page in a table of contents. */
    private static final Pattern LEADERS = Pattern.compile("(?:[.·_] ?){6,}");

    private static final Pattern SPACES = Pattern.compile(" {2,}");
    private static final Pattern ENDS_SENTENCE = Pattern.compile("[.!?:;…。！？][\"'”’)\\]]*$");

    private TextCleaner() {}

    /** Returns the cleaned text; it is empty if there is nothing to read. */
    public static CleanText clean(List<Block> raw) {
        List<Block> blocks = RepeatedLines.remove(raw.stream()
                .map(block -> block.withText(UnicodeNormalizer.normalize(block.text())))
                .toList());
        Vocabulary vocabulary = new Vocabulary(blocks.stream().map(Block::text).toList());
        Assembly assembly = new Assembly(new LineJoiner(vocabulary));
        blocks.forEach(assembly::add);
        return assembly.finish();
    }

    /** Appends block after block. */
    private static final class Assembly {
        private final LineJoiner joiner;
        private final StringBuilder text = new StringBuilder();
        private final List<TextBlock> done = new ArrayList<>();
        private final List<PageBreak> pageBreaks = new ArrayList<>();

        Assembly(LineJoiner joiner) {
            this.joiner = joiner;
        }

        void add(Block block) {
            String clean = tidy(block);
            if (clean.isBlank()) {
                return;
            }
            if (continuesParagraph(block, clean)) {
                TextBlock above = done.removeLast();
                joiner.append(text, clean, " ");
                turnPage(text.length() - clean.length(), block.page());
                done.add(new TextBlock(above.kind(), above.level(), above.start(), text.length()));
                return;
            }
            if (!done.isEmpty()) {
                boolean close = block.kind().runsOn() && done.getLast().kind() == block.kind();
                text.append(close ? "\n" : "\n\n");
            }
            int start = text.length();
            turnPage(start, block.page());
            text.append(clean);
            done.add(new TextBlock(block.kind(), block.level(), start, text.length()));
        }

        CleanText finish() {
            return new CleanText(text.toString(), done, pageBreaks);
        }

        private String tidy(Block block) {
            String lines = switch (block.kind()) {
                case PREFORMATTED ->
                    block.text().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
                case HEADING, TABLE_ROW -> oneLine(block.text());
                case PARAGRAPH, LIST_ITEM -> collapse(joiner.join(collapse(block.text())));
            };
            return lines.replace(String.valueOf(UnicodeNormalizer.SOFT_HYPHEN), "");
        }

        private String oneLine(String lines) {
            return collapse(joiner.join(lines).replace('\n', ' ')).strip();
        }

        private static String collapse(String line) {
            return SPACES.matcher(LEADERS.matcher(line).replaceAll("… ")).replaceAll(" ");
        }

        private boolean continuesParagraph(Block block, String clean) {
            if (done.isEmpty() || block.page() == 0 || block.kind() != Block.Kind.PARAGRAPH) {
                return false;
            }
            TextBlock above = done.getLast();
            return (above.kind() == Block.Kind.PARAGRAPH || above.kind() == Block.Kind.LIST_ITEM)
                    && pageBreaks.getLast().page() != block.page()
                    && Character.isLowerCase(clean.codePointAt(0))
                    && !endsSentence();
        }

        private boolean endsSentence() {
            return ENDS_SENTENCE
                    .matcher(text.substring(Math.max(0, text.length() - 8)))
                    .find();
        }

        private void turnPage(int offset, int page) {
            if (page > 0 && (pageBreaks.isEmpty() || pageBreaks.getLast().page() != page)) {
                pageBreaks.add(new PageBreak(offset, page));
            }
        }
    }
}
