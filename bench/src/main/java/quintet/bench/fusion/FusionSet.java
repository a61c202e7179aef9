package quintet.bench.fusion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Ndcg;
import quintet.bench.report.Progress;
import quintet.bench.retrieval.Scratch;
import quintet.bench.retrieval.SentenceVectors;
import quintet.retrieve.adapter.lucene.BenchedStore;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.pipeline.BenchedLists;

/**
 * A retrieval set in an index of retrieve-service, searched.
 *
 * @param lists what was found for each query of the set, in its order
 */
record FusionSet(RetrievalSet set, int passages, List<BenchedLists> lists) {
    private static final CollectionName NAME = new CollectionName("bench");
    private static final int K = 10;

    FusionSet {
        lists = List.copyOf(lists);
    }

    /** Indexes and searches a set; its index is thrown away. */
    static FusionSet search(RetrievalSet set, SentenceVectors vectors, Path scratch, Progress progress)
            throws IOException {
        List<PassageCuts.Cut> cuts = PassageCuts.of(set);
        List<float[]> embedded = vectors.ofPassages(
                "fusion-" + set.name(),
                cuts.stream()
                        .map(cut -> cut.title().isEmpty() ? cut.text() : cut.title() + "\n" + cut.text())
                        .toList());
        List<float[]> queries = vectors.ofQueries(
                set.queries().stream().map(query -> query.text()).toList());
        Path folder = Scratch.create(scratch);
        try (BenchedStore store = new BenchedStore(folder, NAME)) {
            fill(store, set, cuts, embedded);
            List<BenchedLists> lists = new ArrayList<>();
            for (int i = 0; i < queries.size(); i++) {
                String text = set.queries().get(i).text();
                lists.add(BenchedLists.of(store.index(), NAME, text, new UnitVector(queries.get(i))));
                progress.show("searched " + set.name(), i + 1, queries.size());
            }
            return new FusionSet(set, cuts.size(), lists);
        } finally {
            Scratch.delete(folder);
        }
    }

    /** Returns the nDCG@10 of each query; a document counts where its best passage stands. */
    List<Double> ndcg(Function<BenchedLists, List<String>> ranking) {
        return IntStream.range(0, lists.size())
                .mapToObj(i -> Ndcg.at(
                        K,
                        documents(ranking.apply(lists.get(i))),
                        set.queries().get(i).grades()))
                .toList();
    }

    private List<String> documents(List<String> chunkIds) {
        return chunkIds.stream()
                .map(FusionSet::document)
                .distinct()
                .map(position -> set.documents().get(position).id())
                .toList();
    }

    private static int document(String chunkId) {
        return Integer.parseInt(chunkId.substring(0, chunkId.indexOf('#')));
    }

    private static void fill(BenchedStore store, RetrievalSet set, List<PassageCuts.Cut> cuts, List<float[]> vectors) {
        ModelRef model = new ModelRef("bench", "bench", vectors.getFirst().length);
        Map<Integer, List<EmbeddedPassage>> documents = new HashMap<>();
        for (int i = 0; i < cuts.size(); i++) {
            PassageCuts.Cut cut = cuts.get(i);
            List<EmbeddedPassage> document = documents.computeIfAbsent(cut.document(), _ -> new ArrayList<>());
            int ordinal = document.size();
            String id = "%d#%d".formatted(cut.document(), ordinal);
            int length = cut.text().length();
            document.add(new EmbeddedPassage(
                    new Passage(id, ordinal, cut.text(), 0, length, 0, 0, List.of(), 1, null),
                    new UnitVector(vectors.get(i))));
        }
        List<DocumentPart> parts = documents.entrySet().stream()
                .map(document -> {
                    String title = set.documents().get(document.getKey()).title();
                    return new DocumentPart(
                            new VersionRef(NAME, "d" + document.getKey(), 1),
                            0,
                            1,
                            document.getValue().size(),
                            new DocumentInfo("", title, "", "text/plain", "en", Map.of(), List.of()),
                            model,
                            document.getValue());
                })
                .toList();
        store.putAll(parts);
    }
}
