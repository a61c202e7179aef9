package quintet.bench.rewriting;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import quintet.bench.data.RetrievalSet;
import quintet.bench.report.Progress;
import quintet.bench.retrieval.Scratch;
import quintet.encoder.BiEncoder;
import quintet.encoder.Overflow;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;
import quintet.retrieve.adapter.lucene.BenchedStore;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.pipeline.BenchedSearch;

/** A set in an index of retrieve-service in this process, searched by its pipeline. */
final class SearchedSet implements AutoCloseable {
    private static final CollectionName NAME = new CollectionName("bench");
    private static final ModelRef MODEL = new ModelRef("bench", "bench", 384);
    private static final int PASSAGE_LENGTH = 1000;
    private static final int WRITERS = 64;
    private static final int TOP_K = 150;

    private final Path folder;
    private final BenchedStore store;
    private final BenchedSearch search;
    private final BiEncoder encoder;
    private final List<RetrievalSet.Text> documents;

    private SearchedSet(Path folder, List<RetrievalSet.Text> documents, BiEncoder encoder) {
        this.folder = folder;
        this.documents = documents;
        this.encoder = encoder;
        store = new BenchedStore(folder, NAME);
        search = new BenchedSearch(
                store.index(), NAME, (query, _) -> Uni.createFrom().item(() -> embed(query)));
    }

    /** Embeds and indexes all documents. */
    static SearchedSet of(AskedSet set, Path scratch, BiEncoder encoder, Progress progress) throws IOException {
        SearchedSet searched = new SearchedSet(Scratch.create(scratch), set.documents(), encoder);
        Semaphore free = new Semaphore(WRITERS);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> written = new ArrayList<>();
            for (int i = 0; i < set.documents().size(); i++) {
                int number = i;
                free.acquireUninterruptibly();
                written.add(CompletableFuture.runAsync(() -> searched.put(number), writers)
                        .whenComplete((_, _) -> free.release()));
                progress.show("indexed of " + set.name(), i + 1, set.documents().size());
            }
            written.forEach(CompletableFuture::join);
        }
        return searched;
    }

    private void put(int number) {
        RetrievalSet.Text document = documents.get(number);
        List<EmbeddedPassage> passages = new ArrayList<>();
        for (String text : cut(document.text())) {
            String titled = document.title().isBlank() ? text : document.title() + "\n" + text;
            float[] vector = encoder.submit(List.of(encoder.passage(titled, Overflow.CUT)), Priority.BULK)
                    .getFirst()
                    .thenApply(Timed::value)
                    .join();
            int ordinal = passages.size();
            passages.add(new EmbeddedPassage(
                    new Passage(number + "#" + ordinal, ordinal, text, 0, text.length(), 0, 0, List.of(), 1, null),
                    new UnitVector(vector)));
        }
        DocumentInfo info = new DocumentInfo("", document.title(), "", "text/plain", "en", Map.of(), List.of());
        VersionRef ref = new VersionRef(NAME, Integer.toString(number), 1);
        store.put(new DocumentPart(ref, 0, 1, passages.size(), info, MODEL, passages));
    }

    /** Cuts a text into passages of whole sentences. */
    private static List<String> cut(String text) {
        List<String> passages = new ArrayList<>();
        StringBuilder passage = new StringBuilder();
        for (String sentence : text.split("(?<=[.!?;\\n])\\s+", -1)) {
            if (!passage.isEmpty() && passage.length() + sentence.length() > PASSAGE_LENGTH) {
                passages.add(passage.toString());
                passage.setLength(0);
            }
            passage.append(sentence).append(' ');
        }
        if (!passage.toString().isBlank()) {
            passages.add(passage.toString());
        }
        return passages;
    }

    private EmbeddedQuery embed(String query) {
        float[] vector = encoder.submit(List.of(encoder.query(query, Overflow.CUT)), Priority.INTERACTIVE)
                .getFirst()
                .thenApply(Timed::value)
                .join();
        return new EmbeddedQuery(new UnitVector(vector), MODEL, false);
    }

    /** Searches once; enough passages for a hundred documents where most have one. */
    SearchResult search(String query, SearchMode mode, Rewriting rewriting) {
        return search.search(query, TOP_K, mode, rewriting);
    }

    /** Returns the ids of the documents found, each where its best passage stands. */
    List<String> ranking(SearchResult result) {
        return result.hits().stream()
                .map(hit -> documents
                        .get(Integer.parseInt(hit.stored().documentId()))
                        .id())
                .distinct()
                .toList();
    }

    @Override
    public void close() throws IOException {
        store.close();
        Scratch.delete(folder);
    }
}
