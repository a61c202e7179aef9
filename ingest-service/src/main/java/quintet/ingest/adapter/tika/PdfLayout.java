package quintet.ingest.adapter.tika;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.Block;

/**
 * Finds paragraphs, headings, list items and table rows in the lines of a PDF from what a reader sees: space between lines,
 * size and weight of the font, bullets, columns.
 */
final class PdfLayout {
    /** Lines further apart than this many usual distances belong to two paragraphs. */
    private static final float PARAGRAPH_GAP = 1.3f;

    /** A heading is larger than the body by at least this factor, or bold and alone. */
    private static final float HEADING_SIZE = 1.1f;

    private static final int MAX_HEADING_CHARACTERS = 200;
    private static final int MAX_LEVEL = 6;
    private static final Pattern BULLET =
            Pattern.compile("^([•◦▪▫●○■□‣⁃∙·–—➢✓\\uF0B7\\uF0A7*o-]|\\(?[0-9]{1,2}[.)]|\\(?[a-z][.)])\\s+\\S.*");

    /** Symbols begin items only, figures also headings. */
    private static final Pattern SYMBOL = Pattern.compile("^[^\\p{L}\\p{N}(]\\s.*");

    /** A heading that says so by its number, such as "5.1 Results". */
    private static final Pattern NUMBERED =
            Pattern.compile("^[0-9]{1,2}(\\.[0-9]{1,2}){1,3}\\.?\\s+\\p{Lu}.{0,80}[^.,;:]$");

    private final List<PdfLine> lines;
    private final float bodySize;
    private final float pitch;
    private final List<Float> headingSizes;

    private PdfLayout(List<PdfLine> lines) {
        this.lines = lines;
        bodySize = bodySize(lines);
        pitch = pitch(lines, bodySize);
        headingSizes = headingSizes(lines, bodySize);
    }

    /** Returns the blocks of {@code lines}; the lines of a block are separated by {@code \n}. */
    static List<Block> blocks(List<PdfLine> lines) {
        return new PdfLayout(lines).blocks();
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int start = 0;
        while (start < lines.size()) {
            int end = start + 1;
            while (end < lines.size() && continues(start, end)) {
                end++;
            }
            blocks.add(block(lines.subList(start, end), start, end));
            start = end;
        }
        return blocks;
    }

    private boolean continues(int start, int next) {
        PdfLine above = lines.get(next - 1);
        PdfLine line = lines.get(next);
        if (line.page() != above.page()
                || inTable(next)
                || inTable(next - 1)
                || BULLET.matcher(line.text()).matches()) {
            return false;
        }
        float gap = line.y() - above.y();
        boolean sameFont = Math.abs(line.fontSize() - above.fontSize()) < 0.6f && line.bold() == above.bold();
        boolean heading = headingLine(lines.get(start)) != 0;
        if (heading || headingLine(line) != 0) {
            return heading && sameFont && gap > 0 && gap < 1.6f * line.fontSize();
        }
        return gap > 0 && gap <= PARAGRAPH_GAP * Math.max(pitch, line.fontSize() * 1.1f);
    }

    private Block block(List<PdfLine> of, int start, int end) {
        StringBuilder text = new StringBuilder();
        for (PdfLine line : of) {
            text.append(text.isEmpty() ? "" : "\n").append(line.text());
        }
        PdfLine line = of.getFirst();
        int page = line.page();
        if (inTable(start)) {
            return Block.of(Block.Kind.TABLE_ROW, text.toString(), page);
        }
        int level = headingLine(line);
        if (level == 0
                && (boldAlone(of, start, end)
                        || (of.size() == 1 && NUMBERED.matcher(line.text()).matches()))) {
            level = Math.min(MAX_LEVEL, headingSizes.size() + 1);
        }
        if (level != 0 && text.length() <= MAX_HEADING_CHARACTERS) {
            return Block.heading(level, text.toString(), page);
        }
        boolean item = BULLET.matcher(line.text()).matches();
        return Block.of(item ? Block.Kind.LIST_ITEM : Block.Kind.PARAGRAPH, text.toString(), page);
    }

    /** Returns the level of a line that is large enough for a heading, else 0. */
    private int headingLine(PdfLine line) {
        int rank = headingSizes.indexOf(round(line.fontSize()));
        boolean title = line.text().chars().anyMatch(Character::isLetter)
                && !SYMBOL.matcher(line.text()).matches();
        return rank >= 0 && title ? Math.min(MAX_LEVEL, rank + 1) : 0;
    }

    private boolean boldAlone(List<PdfLine> of, int start, int end) {
        PdfLine line = of.getFirst();
        boolean nextIsBold = end < lines.size() && lines.get(end).bold();
        return of.size() == 1
                && line.bold()
                && line.fontSize() > bodySize - 0.6f
                && line.text().length() <= 100
                && line.text().chars().anyMatch(Character::isLetter)
                && !line.text().matches(".*[.,;]$")
                && !nextIsBold
                && !(start > 0
                        && lines.get(start - 1).bold()
                        && lines.get(start - 1).fontSize() < bodySize + 0.6f);
    }

    /** Returns whether a line and one beside it are rows of cells. */
    private boolean inTable(int i) {
        return lines.get(i).cells() > 1 && (rowAt(i - 1, lines.get(i)) || rowAt(i + 1, lines.get(i)));
    }

    private boolean rowAt(int i, PdfLine neighbour) {
        return i >= 0
                && i < lines.size()
                && lines.get(i).cells() > 1
                && lines.get(i).page() == neighbour.page();
    }

    private static float bodySize(List<PdfLine> lines) {
        Map<Float, Integer> characters = new HashMap<>();
        for (PdfLine line : lines) {
            characters.merge(round(line.fontSize()), line.text().length(), Integer::sum);
        }
        return characters.entrySet().stream()
                .max(Map.Entry.<Float, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0f);
    }

    /** Returns the usual distance of lines of the body. */
    private static float pitch(List<PdfLine> lines, float bodySize) {
        TreeMap<Float, Integer> distances = new TreeMap<>();
        @Nullable PdfLine above = null;
        for (PdfLine line : lines) {
            if (above != null && above.page() == line.page() && round(line.fontSize()) == bodySize) {
                float distance = line.y() - above.y();
                if (distance > 0.5f * bodySize && distance < 3f * bodySize) {
                    distances.merge((float) Math.round(distance), 1, Integer::sum);
                }
            }
            above = line;
        }
        return distances.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(bodySize * 1.2f);
    }

    /** Returns the sizes of headings, largest first, so that a size's place is its level. */
    private static List<Float> headingSizes(List<PdfLine> lines, float bodySize) {
        return lines.stream()
                .map(line -> round(line.fontSize()))
                .distinct()
                .filter(size -> size >= bodySize * HEADING_SIZE)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static float round(float size) {
        return Math.round(size * 2) / 2f;
    }
}
