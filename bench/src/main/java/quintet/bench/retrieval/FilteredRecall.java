package quintet.bench.retrieval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.search.ScoreDoc;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.retrieve.adapter.lucene.BenchedIndex;
import quintet.retrieve.model.IndexKind;

/**
 * Recall@10 of every kind of index, with its defaults, where a filter leaves a share of the vectors: drawn by lot, or a region of
 * neighbours, as the documents of one author are. Of the latter most queries are far away, so that what narrows a search
 * down looks in the wrong place first.
 */
final class FilteredRecall {
    private static final double[] SHARES = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1};
    private static final long SEED = 20_261_127;

    private final Path scratch;
    private final Progress progress;

    FilteredRecall(Path scratch, Progress progress) {
        this.scratch = scratch;
        this.progress = progress;
    }

    /** Prints a table of how the vectors are chosen, and how many pages had fewer hits than there are. */
    void measure(VectorSet set, ObjectNode figures) throws IOException {
        Map<String, List<Labelled>> choices = new LinkedHashMap<>();
        choices.put("drawn by lot", labelled(set, "lot", byLot(set)));
        choices.put("a region", labelled(set, "region", byNearness(set)));
        List<Labelled> all = choices.values().stream().flatMap(List::stream).toList();
        Map<String, MarkdownTable> tables = new LinkedHashMap<>();
        for (IndexKind kind : kinds(set)) {
            Path folder = Files.createTempDirectory(Files.createDirectories(scratch), "filtered");
            try (BenchedIndex index = BenchedIndex.build(
                    folder, kind, set.vectors(), set.similarity(), document -> labels(all, document))) {
                progress.say("  %s: %s built".formatted(set.name(), kind.text()));
                for (Map.Entry<String, List<Labelled>> choice : choices.entrySet()) {
                    row(set, index, kind, choice, tables.computeIfAbsent(choice.getKey(), _ -> table()), figures);
                }
            } finally {
                Scratch.delete(folder);
            }
        }
        tables.forEach((choice, table) -> System.out.println("## %s: %,d × %d, the filtered are %s\n\n%s"
                .formatted(set.name(), set.vectors().size(), set.dimension(), choice, table)));
    }

    private static MarkdownTable table() {
        List<String> titles = new ArrayList<>(List.of("index"));
        Arrays.stream(SHARES)
                .mapToObj(share -> "%.1f %%".formatted(100 * share))
                .forEach(titles::add);
        titles.add("short pages");
        return new MarkdownTable(titles.toArray(String[]::new));
    }

    private static List<IndexKind> kinds(VectorSet set) {
        int subspaces = Math.min(64, set.dimension() / 4);
        List<IndexKind> kinds = new ArrayList<>();
        for (int bits : new int[] {32, 8, 4, 2, 1}) {
            kinds.add(IndexKind.of("hnsw", Map.of("bits", bits)));
        }
        kinds.add(IndexKind.of("product-quantization", Map.of("subspaces", subspaces)));
        kinds.add(IndexKind.of("random-projection", Map.of()));
        kinds.add(IndexKind.of("lsh", Map.of()));
        kinds.add(new IndexKind.Exact());
        return kinds;
    }

    private void row(
            VectorSet set,
            BenchedIndex index,
            IndexKind kind,
            Map.Entry<String, List<Labelled>> choice,
            MarkdownTable table,
            ObjectNode figures)
            throws IOException {
        List<String> cells = new ArrayList<>(List.of(kind.text()));
        ArrayNode recalls = figures.putArray("%s, %s, %s".formatted(set.name(), choice.getKey(), kind.text()));
        int shortPages = 0;
        for (Labelled labelled : choice.getValue()) {
            int hits = 0;
            int there = 0;
            for (int query = 0; query < set.queries().size(); query++) {
                int[] nearest = labelled.nearest().get(query);
                int[] found = found(index, kind, set.queries().get(query), labelled.label());
                hits += (int) Arrays.stream(found)
                        .filter(document -> Arrays.stream(nearest).anyMatch(each -> each == document))
                        .count();
                there += nearest.length;
                shortPages += found.length < nearest.length ? 1 : 0;
            }
            double recall = hits / (double) there;
            recalls.add(recall);
            cells.add("%.3f".formatted(recall));
        }
        cells.add(Integer.toString(shortPages));
        table.row(cells.toArray(String[]::new));
    }

    private static int[] found(BenchedIndex index, IndexKind kind, float[] query, String label) throws IOException {
        ScoreDoc[] hits =
                index.searcher().search(BenchedIndex.query(query, VectorSet.K, kind, label), VectorSet.K).scoreDocs;
        return Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
    }

    /**
     * The vectors that a filter leaves.
     *
     * @param documents those with a 1
     * @param nearest the exact answers, by query: at most {@link VectorSet#K}, fewer if fewer are left
     */
    private record Labelled(String label, BitSet documents, List<int[]> nearest) {}

    private static List<String> labels(List<Labelled> all, int document) {
        return all.stream()
                .filter(labelled -> labelled.documents().get(document))
                .map(Labelled::label)
                .toList();
    }

    private static List<Labelled> labelled(VectorSet set, String name, int[] order) {
        List<BitSet> chosen = new ArrayList<>();
        List<List<int[]>> nearest = new ArrayList<>();
        for (double share : SHARES) {
            BitSet documents = new BitSet();
            Arrays.stream(order)
                    .limit(Math.max(1, Math.round(share * order.length)))
                    .forEach(documents::set);
            chosen.add(documents);
            nearest.add(new ArrayList<>());
        }
        for (float[] query : set.queries()) {
            float[] scores = set.scores(query);
            int[] best = sorted(scores);
            for (int i = 0; i < SHARES.length; i++) {
                BitSet documents = chosen.get(i);
                nearest.get(i)
                        .add(Arrays.stream(best)
                                .filter(documents::get)
                                .limit(VectorSet.K)
                                .toArray());
            }
        }
        return IntStream.range(0, SHARES.length)
                .mapToObj(i -> new Labelled(name + SHARES[i], chosen.get(i), nearest.get(i)))
                .toList();
    }

    private static int[] byLot(VectorSet set) {
        Random random = new Random(SEED);
        float[] lots = new float[set.vectors().size()];
        for (int i = 0; i < lots.length; i++) {
            lots[i] = random.nextFloat();
        }
        return sorted(lots);
    }

    private static int[] byNearness(VectorSet set) {
        int centre = new Random(SEED).nextInt(set.vectors().size());
        return sorted(set.scores(set.vectors().get(centre)));
    }

    /** Returns the numbers of the values, greatest value first. */
    private static int[] sorted(float[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
