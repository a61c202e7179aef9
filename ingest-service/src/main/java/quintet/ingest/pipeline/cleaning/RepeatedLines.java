package quintet.ingest.pipeline.cleaning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import quintet.ingest.model.Block;

/**
 * Removes running headers, footers and page numbers: lines at the top or bottom of pages that come back on many of them,
 * digits apart. The first appearance of a heading stays, since it may be the title.
 */
final class RepeatedLines {
    /** Lines looked at from either end of a page. */
    private static final int EDGE = 3;

    private static final int MIN_PAGES = 3;

    /** Part of the pages that a line must be on; below a half, since left and right pages differ. */
    private static final double MIN_SHARE = 0.4;

    /** Longer lines are what the page says. */
    private static final int MAX_CHARACTERS = 160;

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern ROMAN = Pattern.compile("[ivxlc]{1,7}");

    /** A line without letters must look like a page number; a row of figures does not. */
    private static final Pattern PAGE_NUMBER = Pattern.compile("[^#]{0,3}#([^#]{1,3}#)?[^#]{0,3}");

    private RepeatedLines() {}

    /** Returns the blocks without such lines; blocks that had nothing else are left out. */
    static List<Block> remove(List<Block> blocks) {
        Map<Integer, List<Line>> pages = new TreeMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.page() > 0 && block.kind() != Block.Kind.TABLE_ROW) {
                List<Line> page = pages.computeIfAbsent(block.page(), _ -> new ArrayList<>());
                int number = 0;
                for (String text : (Iterable<String>) block.text().lines()::iterator) {
                    page.add(new Line(i, number++, key(text)));
                }
            }
        }
        Set<String> top =
                repeated(pages.values().stream().map(RepeatedLines::top).toList());
        Set<String> bottom =
                repeated(pages.values().stream().map(RepeatedLines::bottom).toList());
        if (top.isEmpty() && bottom.isEmpty()) {
            return blocks;
        }
        return without(blocks, doomed(blocks, pages, top, bottom));
    }

    private static Set<String> repeated(List<List<Line>> edges) {
        Map<String, Integer> pagesOf = new HashMap<>();
        for (List<Line> edge : edges) {
            edge.stream()
                    .map(Line::key)
                    .filter(key -> !key.isEmpty())
                    .distinct()
                    .forEach(key -> pagesOf.merge(key, 1, Integer::sum));
        }
        double enough = Math.max(MIN_PAGES, MIN_SHARE * edges.size());
        Set<String> repeated = new HashSet<>();
        pagesOf.forEach((key, pages) -> {
            if (pages >= enough) {
                repeated.add(key);
            }
        });
        return repeated;
    }

    private static Map<Integer, Set<Integer>> doomed(
            List<Block> blocks, Map<Integer, List<Line>> pages, Set<String> top, Set<String> bottom) {
        Map<Integer, Set<Integer>> doomed = new HashMap<>();
        Set<String> kept = new HashSet<>();
        for (List<Line> page : pages.values()) {
            Set<Line> candidates = new LinkedHashSet<>();
            top(page).stream().filter(line -> top.contains(line.key())).forEach(candidates::add);
            bottom(page).stream().filter(line -> bottom.contains(line.key())).forEach(candidates::add);
            for (Line line : candidates) {
                boolean title = blocks.get(line.block()).kind() == Block.Kind.HEADING && kept.add(line.key());
                if (!title) {
                    doomed.computeIfAbsent(line.block(), _ -> new HashSet<>()).add(line.number());
                }
            }
        }
        return doomed;
    }

    private static List<Block> without(List<Block> blocks, Map<Integer, Set<Integer>> doomed) {
        List<Block> rest = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Set<Integer> lines = doomed.get(i);
            if (lines == null) {
                rest.add(blocks.get(i));
                continue;
            }
            List<String> all = blocks.get(i).text().lines().toList();
            StringBuilder left = new StringBuilder();
            for (int n = 0; n < all.size(); n++) {
                if (!lines.contains(n)) {
                    left.append(left.isEmpty() ? "" : "\n").append(all.get(n));
                }
            }
            if (!left.isEmpty()) {
                rest.add(blocks.get(i).withText(left.toString()));
            }
        }
        return rest;
    }

    private static List<Line> top(List<Line> page) {
        return page.subList(0, Math.min(EDGE, page.size()));
    }

    private static List<Line> bottom(List<Line> page) {
        return page.subList(Math.max(0, page.size() - EDGE), page.size());
    }

    /** Returns what is compared: the line without its numbers; empty if it is no candidate. */
    private static String key(String text) {
        String line = text.strip().toLowerCase(Locale.ROOT);
        if (line.length() > MAX_CHARACTERS) {
            return "";
        }
        if (ROMAN.matcher(line).matches()) {
            return "#";
        }
        String key = DIGITS.matcher(line).replaceAll("#");
        boolean words = key.codePoints().anyMatch(Character::isLetter);
        return words || PAGE_NUMBER.matcher(key).matches() ? key : "";
    }

    /** A line of a page: its block, its number within the block, and what is compared. */
    private record Line(int block, int number, String key) {}
}
