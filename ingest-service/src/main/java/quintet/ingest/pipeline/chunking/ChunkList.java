package quintet.ingest.pipeline.chunking;

import java.util.ArrayList;
import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkContext;
import quintet.ingest.model.CleanText;

/** Makes chunks of units, numbering them. */
final class ChunkList {
    private final CleanText clean;
    private final List<Unit> units;
    private final List<Chunk> chunks = new ArrayList<>();

    ChunkList(CleanText clean, List<Unit> units) {
        this.clean = clean;
        this.units = units;
    }

    /** Adds a chunk of a run of units. */
    void add(Run run) {
        addOverlapping(run.from(), run);
    }

    /** Adds a chunk of a run and of what it repeats before it, from {@code first} on. */
    void addOverlapping(int first, Run run) {
        chunks.add(chunk(first, run));
    }

    /** Adds a chunk that is read within the characters from {@code start} up to {@code end}, or within itself. */
    void addWithin(int start, int end, Run run) {
        Chunk chunk = chunk(run.from(), run);
        int from = Math.min(start, chunk.start());
        int to = Math.max(end, chunk.end());
        boolean more = from < chunk.start() || to > chunk.end();
        chunks.add(more ? chunk.within(context(from, to)) : chunk);
    }

    List<Chunk> chunks() {
        return chunks;
    }

    private ChunkContext context(int start, int end) {
        return new ChunkContext(start, end, clean.pageAt(start), clean.pageAt(end - 1));
    }

    private Chunk chunk(int first, Run run) {
        List<Unit> all = units.subList(first, run.to());
        int start = all.getFirst().start();
        int end = all.getLast().end();
        int tokens = all.stream().mapToInt(Unit::tokens).sum();
        List<String> path = path(units.subList(run.from(), run.to()));
        return new Chunk(chunks.size(), start, end, clean.pageAt(start), clean.pageAt(end - 1), path, tokens);
    }

    private static List<String> path(List<Unit> units) {
        return units.stream()
                .filter(unit -> !unit.isHeading())
                .findFirst()
                .orElse(units.getFirst())
                .sectionPath();
    }
}
