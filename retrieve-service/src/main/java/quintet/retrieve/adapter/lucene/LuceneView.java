package quintet.retrieve.adapter.lucene;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Phrase;
import quintet.retrieve.model.Recognised;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.WeightedText;
import quintet.retrieve.port.PassageView;

/** {@link PassageView} over one commit of a Lucene index; a candidate's locator is its Lucene document number. */
final class LuceneView implements PassageView {
    private static final Sort BY_SCORE_THEN_CHUNK =
            new Sort(SortField.FIELD_SCORE, new SortField(PassageDocuments.CHUNK_ID, SortField.Type.STRING));

    /** How much deeper a search for phrases looks when too few candidates contain them. */
    private static final int DEEPER = 4;

    /** Candidates that are looked at for phrases, at most. */
    private static final int MAX_CONFIRMED = 10_000;

    private final IndexSearcher searcher;
    private final Query visible;
    private final PassageDocuments documents;
    private final SearchPool pool;
    private final WordQuery.Weights weights;
    private final int ef;
    private final Optional<ModelRef> model;
    private final IndexKind kind;
    private final Set<Language> languages;
    private final List<Phrase> phrases;
    private final boolean explaining;
    private final AtomicBoolean closed;
    private final AtomicReference<@Nullable ReadWords> lastRead = new AtomicReference<>();

    /**
     * Takes over the caller's reference to {@code searcher}, which is of {@code collection}.
     *
     * @param visible what every search is confined to, see {@link AccessQuery}
     */
    LuceneView(
            IndexSearcher searcher,
            Query visible,
            LuceneCollection collection,
            SearchPool pool,
            WordQuery.Weights weights,
            int ef)
            throws IOException {
        this.searcher = searcher;
        this.visible = visible;
        this.documents = collection.documents();
        this.pool = pool;
        this.weights = weights;
        this.ef = ef;
        this.model = LuceneCollection.model(searcher);
        this.kind = collection.kind(searcher);
        this.languages = Language.of(searcher.getIndexReader());
        this.phrases = List.of();
        this.explaining = false;
        this.closed = new AtomicBoolean();
    }

    private LuceneView(LuceneView view, List<Phrase> phrases, boolean explaining) {
        searcher = view.searcher;
        visible = view.visible;
        documents = view.documents;
        pool = view.pool;
        weights = view.weights;
        ef = view.ef;
        model = view.model;
        kind = view.kind;
        languages = view.languages;
        this.phrases = List.copyOf(phrases);
        this.explaining = explaining;
        closed = view.closed;
    }

    @Override
    public Optional<ModelRef> model() {
        return model;
    }

    @Override
    public IndexFacts facts() {
        return new IndexFacts(model, kind.text(), ((DirectoryReader) searcher.getIndexReader()).getVersion());
    }

    @Override
    public PassageView explaining() {
        return new LuceneView(this, phrases, true);
    }

    @Override
    public Uni<Map<String, Long>> versions(Set<String> documentIds) {
        return run(() -> {
            Map<String, Long> versions = new HashMap<>();
            for (String documentId : documentIds) {
                Query passages = new BooleanQuery.Builder()
                        .add(new TermQuery(PassageDocuments.passagesOf(documentId)), Occur.FILTER)
                        .add(visible, Occur.FILTER)
                        .build();
                TopDocs found = searcher.search(passages, 1);
                if (found.scoreDocs.length > 0) {
                    Set<String> stored = Set.of(PassageDocuments.STORED);
                    versions.put(
                            documentId,
                            documents
                                    .readPassage(searcher.storedFields().document(found.scoreDocs[0].doc, stored))
                                    .version());
                }
            }
            return versions;
        });
    }

    @Override
    public PassageView containing(List<Phrase> all) {
        return all.isEmpty() ? this : new LuceneView(this, all, explaining);
    }

    @Override
    public Uni<CandidateList> nearest(UnitVector query, MetadataFilter filter, int k) {
        return run(() -> {
            Query filtered = filtered(filter);
            ComparedVectors compared = explaining ? new ComparedVectors() : null;
            List<Candidate> found = confirmed(k, depth -> {
                Query nearest = NearestQuery.of(
                        PassageDocuments.vectorField(query.dimension()),
                        query.toArray(),
                        filtered instanceof MatchAllDocsQuery ? null : filtered,
                        depth,
                        kind,
                        ef,
                        compared);
                // Lucene scores (1 + cosine) / 2.
                return top(nearest, depth, score -> 2 * score - 1);
            });
            CandidateList list = new CandidateList(found, false);
            return compared == null ? list : list.with(detail(compared, filtered));
        });
    }

    @Override
    public Uni<CandidateList> matching(String query, MetadataFilter filter, int k) {
        return matching(LexicalQuery.of(query), filter, k);
    }

    @Override
    public Uni<CandidateList> matching(LexicalQuery query, MetadataFilter filter, int k) {
        return run(() -> {
            WordQuery words = words(query);
            Query filtered = filtered(filter);
            Query both = filtered instanceof MatchAllDocsQuery
                    ? words.query()
                    : new BooleanQuery.Builder()
                            .add(words.query(), Occur.MUST)
                            .add(filtered, Occur.FILTER)
                            .build();
            CandidateList list = new CandidateList(
                    confirmed(k, depth -> top(both, depth, score -> score)),
                    words.truncated(),
                    OptionalDouble.of(ScoreBound.of(words.query(), searcher)));
            return explaining
                    ? list.with(ListDetail.ofWords(
                            eligible(filtered), new ExplainedWords(searcher, visible, languages).of(query)))
                    : list;
        });
    }

    private ListDetail detail(ComparedVectors compared, Query filtered) throws IOException {
        long eligible = eligible(filtered);
        return new ListDetail(compared.count() >= eligible, compared.count(), eligible, List.of());
    }

    /** Counts the passages that a search looks among. */
    private long eligible(Query filtered) throws IOException {
        return filtered instanceof MatchAllDocsQuery
                ? LuceneCollection.count(searcher, PassageDocuments.KIND_PASSAGE)
                : searcher.count(filtered);
    }

    /** The words of a query are asked for twice, and reading them takes as long as to search for them. */
    private WordQuery words(LexicalQuery query) throws IOException {
        ReadWords last = lastRead.get();
        if (last == null || !last.text().equals(query)) {
            last = new ReadWords(query, WordQuery.of(query, weights, languages, searcher.getIndexReader()));
            lastRead.set(last);
        }
        return last.words();
    }

    private record ReadWords(LexicalQuery text, WordQuery words) {}

    /** Returns the query of what a filter keeps and what may contain the phrases; a {@link MatchAllDocsQuery} of everything. */
    private Query filtered(MetadataFilter filter) throws IOException {
        Query kept = allowed(filter);
        if (phrases.isEmpty()) {
            return kept;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(kept, Occur.FILTER);
        for (Phrase phrase : phrases) {
            all.add(PhrasePositions.near(phrase, languages), Occur.FILTER);
        }
        return all.build();
    }

    private interface Search {
        List<Candidate> best(int depth) throws IOException;
    }

    /**
     * Returns the best that contain the phrases as they are, which the index does not know: it has stems. Nearly all that have
     * the stems do, so the best are looked at, and more of them only where too few are left.
     */
    private List<Candidate> confirmed(int k, Search search) throws IOException {
        if (phrases.isEmpty()) {
            return search.best(k);
        }
        for (int depth = k; ; depth = Math.min(depth * DEEPER, MAX_CONFIRMED)) {
            List<Candidate> found = search.best(depth);
            List<Candidate> kept = new ArrayList<>();
            StoredFields stored = searcher.storedFields();
            for (int i = 0; i < found.size() && kept.size() < k; i++) {
                String text = read(stored, found.get(i)).passage().text();
                if (phrases.stream().allMatch(phrase -> phrase.isIn(text))) {
                    kept.add(found.get(i));
                }
            }
            if (kept.size() == k || found.size() < depth || depth >= MAX_CONFIRMED) {
                return kept;
            }
        }
    }

    private StoredPassage read(StoredFields stored, Candidate candidate) throws IOException {
        return documents.readPassage(stored.document(candidate.locator(), Set.of(PassageDocuments.STORED)));
    }

    @Override
    public Uni<List<Double>> similarities(UnitVector query, List<Candidate> candidates) {
        return run(() -> {
            float[] target = query.toArray();
            String field = PassageDocuments.vectorField(query.dimension());
            return each(candidates, leaf -> {
                FloatVectorValues vectors = vectors(leaf, field);
                KnnVectorValues.DocIndexIterator at = vectors.iterator();
                return document -> at.advance(document) == document
                        ? (double) VectorUtil.dotProduct(target, vectors.vectorValue(at.index()))
                        : -1.0;
            });
        });
    }

    @Override
    public Uni<List<Double>> relevances(String query, List<Candidate> candidates) {
        return relevances(LexicalQuery.of(query), candidates);
    }

    @Override
    public Uni<List<Double>> relevances(LexicalQuery query, List<Candidate> candidates) {
        return run(() -> {
            Query words = searcher.rewrite(words(query).query());
            Weight weight = searcher.createWeight(words, ScoreMode.COMPLETE, 1);
            return each(candidates, leaf -> {
                Scorer scorer = weight.scorer(leaf);
                if (scorer == null) {
                    return _ -> 0.0;
                }
                DocIdSetIterator at = scorer.iterator();
                return document -> {
                    int reached = at.docID() < document ? at.advance(document) : at.docID();
                    return reached == document ? (double) scorer.score() : 0.0;
                };
            });
        });
    }

    @Override
    public Uni<Recognised> recognise(String query, MetadataFilter filter) {
        return run(() -> Recognition.of(searcher, allowed(filter), weights).in(query));
    }

    @Override
    public Uni<List<WeightedText>> feedback(String query, List<Candidate> found, int words, double share) {
        return run(() -> new RelevanceModel(words, share).of(query, found, passages(found), searcher));
    }

    @Override
    public Uni<Likeness> likeness(List<Candidate> candidates) {
        return run(() -> {
            String field =
                    PassageDocuments.vectorField(model.map(ModelRef::dimension).orElse(0));
            float[][] vectors = each(candidates, leaf -> {
                        FloatVectorValues values = vectors(leaf, field);
                        KnnVectorValues.DocIndexIterator at = values.iterator();
                        return document -> {
                            if (at.advance(document) != document) {
                                throw new IOException("a passage has no vector");
                            }
                            return values.vectorValue(at.index()).clone();
                        };
                    })
                    .toArray(float[][]::new);
            return (one, other) -> Math.clamp((double) VectorUtil.dotProduct(vectors[one], vectors[other]), -1, 1);
        });
    }

    private static FloatVectorValues vectors(LeafReaderContext leaf, String field) throws IOException {
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
        if (vectors == null) {
            throw new IOException("a segment of passages has no vectors");
        }
        return vectors;
    }

    @Override
    public Uni<List<StoredPassage>> load(List<Candidate> candidates) {
        return run(() -> passages(candidates));
    }

    private List<StoredPassage> passages(List<Candidate> candidates) throws IOException {
        StoredFields stored = searcher.storedFields();
        List<StoredPassage> passages = new ArrayList<>();
        for (Candidate candidate : candidates) {
            passages.add(read(stored, candidate));
        }
        return passages;
    }

    @Override
    public Uni<List<List<StoredPassage>>> neighbours(List<StoredPassage> passages, int n, MetadataFilter filter) {
        return run(() -> {
            Neighbours neighbours = new Neighbours(searcher, documents, allowed(filter));
            List<List<StoredPassage>> found = new ArrayList<>();
            for (StoredPassage passage : passages) {
                found.add(neighbours.of(passage, n));
            }
            return found;
        });
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                LuceneCollection.release(searcher);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns what a filter keeps of what may be seen; a {@link MatchAllDocsQuery} if that is everything. */
    private Query allowed(MetadataFilter filter) throws IOException {
        Query kept = FilterQuery.of(filter, searcher.getIndexReader());
        if (visible instanceof MatchAllDocsQuery) {
            return kept;
        }
        return kept instanceof MatchAllDocsQuery
                ? visible
                : new BooleanQuery.Builder()
                        .add(visible, Occur.FILTER)
                        .add(kept, Occur.FILTER)
                        .build();
    }

    /** Holds the commit open while {@code work} runs, whoever closes the view meanwhile. */
    private <T> Uni<T> run(SearchPool.Work<T> work) {
        return pool.run(() -> {
            searcher.getIndexReader().incRef();
            try {
                return work.run();
            } finally {
                searcher.getIndexReader().decRef();
            }
        });
    }

    private interface Scale {
        double apply(double score);
    }

    private List<Candidate> top(Query query, int k, Scale scale) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (ScoreDoc found : searcher.search(query, k, BY_SCORE_THEN_CHUNK).scoreDocs) {
            Object[] keys = ((FieldDoc) found).fields;
            candidates.add(new Candidate(
                    ((BytesRef) keys[1]).utf8ToString(), found.doc, scale.apply(((Number) keys[0]).doubleValue())));
        }
        return candidates;
    }

    private interface LeafValues<T> {
        DocumentValue<T> in(LeafReaderContext leaf) throws IOException;
    }

    private interface DocumentValue<T> {
        T of(int document) throws IOException;
    }

    /** Looks documents up in index order, which is how Lucene can read them, and returns what is found in the given order. */
    private <T> List<T> each(List<Candidate> candidates, LeafValues<T> leafValues) throws IOException {
        List<Integer> byDocument = IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> candidates.get(i).locator()))
                .toList();
        Map<Integer, T> values = new HashMap<>();
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int current = -1;
        DocumentValue<T> value = null;
        for (int i : byDocument) {
            int document = candidates.get(i).locator();
            int leaf = ReaderUtil.subIndex(document, leaves);
            if (value == null || leaf != current) {
                current = leaf;
                value = leafValues.in(leaves.get(leaf));
            }
            values.put(i, value.of(document - leaves.get(leaf).docBase));
        }
        return IntStream.range(0, candidates.size()).mapToObj(values::get).toList();
    }
}
