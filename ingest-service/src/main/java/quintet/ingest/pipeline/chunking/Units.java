package quintet.ingest.pipeline.chunking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quintet.ingest.model.Block;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.CleanText.TextBlock;
import quintet.ingest.pipeline.chunking.Unit.Boundary;
import quintet.ingest.port.TokenCounter;

/** Cuts a cleaned text into {@link Unit}s that cover each of its characters that is not blank. */
final class Units {
    private static final int MAX_TITLE_CHARACTERS = 200;

    private final CleanText clean;
    private final TokenCounter tokenCounter;
    private final SizeLimit limit;
    private final Map<Integer, Integer> depths;
    private final Deque<Heading> above = new ArrayDeque<>();
    private final List<Unit> units = new ArrayList<>();
    private List<String> path = List.of();

    private Units(CleanText clean, TokenCounter tokenCounter, SizeLimit limit) {
        this.clean = clean;
        this.tokenCounter = tokenCounter;
        this.limit = limit;
        depths = depths(clean);
    }

    /**
     * Returns the units in order. A table that fits is one unit; the rows of one that does not have its first row, which
     * names the columns, as the last heading above them.
     *
     * @param limit the most that a unit may hold
     */
    static List<Unit> of(CleanText clean, TokenCounter tokenCounter, SizeLimit limit) {
        Units units = new Units(clean, tokenCounter, limit);
        Block.Kind before = Block.Kind.HEADING;
        List<TextBlock> blocks = clean.blocks();
        for (int i = 0; i < blocks.size(); ) {
            int end = endOfTable(blocks, i);
            if (end > i) {
                units.addTable(blocks.subList(i, end));
                i = end;
            } else {
                units.add(blocks.get(i), before);
                i++;
            }
            before = blocks.get(i - 1).kind();
        }
        return units.units;
    }

    private static int endOfTable(List<TextBlock> blocks, int from) {
        int end = from;
        while (end < blocks.size() && blocks.get(end).kind() == Block.Kind.TABLE_ROW) {
            end++;
        }
        return end;
    }

    private void addTable(List<TextBlock> rows) {
        int start = rows.getFirst().start();
        int end = rows.getLast().end();
        // Reading it only as far as it may fit keeps a very long one from being read twice.
        boolean small = end - start <= limit.characters();
        int tokens = small ? tokenCounter.tokenStarts(clean.text().substring(start, end)).length : Integer.MAX_VALUE;
        if (tokens <= limit.tokens()) {
            Boundary boundary = units.isEmpty() ? Boundary.SECTION : Boundary.PARAGRAPH;
            units.add(new Unit(start, end, Math.max(1, tokens), -1, path, clean.pageAt(start), boundary, false));
            return;
        }
        List<String> outer = path;
        add(rows.getFirst(), Block.Kind.PARAGRAPH);
        path = Stream.concat(outer.stream(), Stream.of(abbreviate(clean.textOf(rows.getFirst()))))
                .toList();
        rows.subList(1, rows.size()).forEach(row -> add(row, Block.Kind.TABLE_ROW));
        path = outer;
    }

    /** Levels that occur once, such as a title's, are as high as the highest that structures the text. */
    private static Map<Integer, Integer> depths(CleanText clean) {
        Map<Integer, Long> counts = clean.blocks().stream()
                .filter(block -> block.kind() == Block.Kind.HEADING)
                .collect(Collectors.groupingBy(TextBlock::level, TreeMap::new, Collectors.counting()));
        Map<Integer, Integer> depths = new TreeMap<>();
        int depth = 0;
        boolean structured = false;
        for (Map.Entry<Integer, Long> level : counts.entrySet()) {
            structured |= level.getValue() > 1;
            depths.put(level.getKey(), depth);
            if (structured) {
                depth++;
            }
        }
        return depths;
    }

    private void add(TextBlock block, Block.Kind before) {
        Boundary boundary = Boundary.PARAGRAPH;
        int heading = -1;
        if (block.kind() == Block.Kind.HEADING) {
            open(block);
            boundary = Boundary.SECTION;
            heading = depths.getOrDefault(block.level(), 0);
        } else if (units.isEmpty()) {
            boundary = Boundary.SECTION;
        } else if (block.kind().runsOn() && before == block.kind()) {
            boundary = Boundary.ITEM;
        }
        List<Integer> starts = new ArrayList<>();
        String text = clean.textOf(block);
        switch (block.kind()) {
            case PARAGRAPH, LIST_ITEM -> SentenceSplitter.split(text, starts::add);
            case PREFORMATTED -> lines(text, starts);
            case HEADING, TABLE_ROW -> starts.add(0);
        }
        starts.add(text.length());
        int[] tokens = tokenCounter.tokenStarts(text);
        boolean sentencesOfItem = block.kind() == Block.Kind.LIST_ITEM;
        for (int i = 0; i + 1 < starts.size(); i++) {
            addSentence(block.start(), text, starts.get(i), starts.get(i + 1), tokens, heading, boundary);
            boundary = sentencesOfItem || block.kind() == Block.Kind.PARAGRAPH ? Boundary.SENTENCE : Boundary.ITEM;
        }
    }

    private static void lines(String text, List<Integer> starts) {
        starts.add(0);
        for (int i = text.indexOf('\n'); i >= 0 && i + 1 < text.length(); i = text.indexOf('\n', i + 1)) {
            starts.add(i + 1);
        }
    }

    private void addSentence(int base, String text, int from, int to, int[] tokens, int heading, Boundary boundary) {
        int start = from;
        Boundary next = boundary;
        while (start < to) {
            int end = sliceEnd(text, start, to, tokens);
            int first = start;
            int last = end;
            while (first < last && Character.isWhitespace(text.charAt(first))) {
                first++;
            }
            while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
                last--;
            }
            if (first < last) {
                int count = TokenSpans.count(tokens, first, last) + (TokenSpans.isInside(tokens, first) ? 1 : 0);
                units.add(new Unit(
                        base + first,
                        base + last,
                        count,
                        heading,
                        path,
                        clean.pageAt(base + first),
                        next,
                        text.charAt(last - 1) == ':'));
                next = Boundary.SLICE;
            }
            start = end;
        }
    }

    /** Returns where a slice from {@code start} ends: at {@code to}, or at a word, token or character before it. */
    private int sliceEnd(String text, int start, int to, int[] tokens) {
        int most = Math.min(to, start + limit.characters());
        boolean begun = !Character.isWhitespace(text.charAt(start)) && TokenSpans.isInside(tokens, start);
        int behind = TokenSpans.indexOf(tokens, start) + limit.tokens() - (begun ? 1 : 0);
        if (behind < tokens.length) {
            most = Math.min(most, tokens[behind]);
        }
        if (most >= to) {
            return to;
        }
        for (int i = most; i > start + (most - start) / 2; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        most = Math.max(most, start + 1);
        return Character.isLowSurrogate(text.charAt(most)) ? most + 1 : most;
    }

    private void open(TextBlock heading) {
        while (!above.isEmpty() && above.getLast().level() >= heading.level()) {
            above.removeLast();
        }
        String title = clean.textOf(heading);
        above.addLast(new Heading(heading.level(), abbreviate(title)));
        path = above.stream().map(Heading::title).toList();
    }

    private static String abbreviate(String title) {
        if (title.length() <= MAX_TITLE_CHARACTERS) {
            return title;
        }
        int end = Character.isLowSurrogate(title.charAt(MAX_TITLE_CHARACTERS - 1))
                ? MAX_TITLE_CHARACTERS - 2
                : MAX_TITLE_CHARACTERS - 1;
        return title.substring(0, end) + "…";
    }

    private record Heading(int level, String title) {}
}
