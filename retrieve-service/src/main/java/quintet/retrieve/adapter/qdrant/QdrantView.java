package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.VectorInput;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.port.PassageView;
import quintet.retrieve.port.PassageWords;

/** {@link PassageView} over one generation of a collection in Qdrant. */
final class QdrantView implements PassageView {
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::chunkId);

    /** Qdrant orders equal scores as it likes: so many more are asked for, to cut off by chunk id. */
    private static final int SPARE = 32;

    /** Documents that are looked up side by side. */
    private static final int LOOKUPS = 8;

    private final CollectionAccess access;
    private final String passages;
    private final Manifest manifest;
    private final QdrantStore store;
    private final PassageWords words;
    private final IndexKind kind;
    private final boolean explaining;
    private final Locators locators;

    QdrantView(CollectionAccess access, Manifest manifest, QdrantStore store, PassageWords words) {
        this.access = access;
        passages = store.names().passages(access.collection());
        this.manifest = manifest;
        this.store = store;
        this.words = words;
        kind = manifest.kind().orElse(store.settings().configured());
        explaining = false;
        locators = new Locators();
    }

    private QdrantView(QdrantView view, boolean explaining) {
        access = view.access;
        passages = view.passages;
        manifest = view.manifest;
        store = view.store;
        words = view.words;
        kind = view.kind;
        this.explaining = explaining;
        locators = view.locators;
    }

    @Override
    public Optional<ModelRef> model() {
        return manifest.model();
    }

    @Override
    public IndexFacts facts() {
        return new IndexFacts(model(), kind.text(), manifest.generation());
    }

    @Override
    public PassageView explaining() {
        return new QdrantView(this, true);
    }

    @Override
    public Uni<Map<String, Long>> versions(Set<String> documentIds) {
        return manifest.passages() == 0
                ? Uni.createFrom().item(Map.of())
                : Multi.createFrom()
                        .iterable(documentIds)
                        .onItem()
                        .transformToUni(this::version)
                        .merge(LOOKUPS)
                        .select()
                        .where(found -> found.getResultCount() > 0)
                        .map(found -> found.getResult(0).getPayloadMap())
                        .collect()
                        .asMap(
                                payload -> Payload.text(payload, Payload.DOCUMENT),
                                payload -> Payload.number(payload, Payload.VERSION));
    }

    private Uni<ScrollResponse> version(String documentId) {
        ScrollPoints request = ScrollPoints.newBuilder()
                .setCollectionName(passages)
                .setFilter(Conditions.visible(manifest.generation())
                        .addMust(Conditions.allowed(access))
                        .addMust(Conditions.documents(List.of(documentId))))
                .setWithPayload(Payload.only(Payload.DOCUMENT, Payload.VERSION))
                .setLimit(1)
                .build();
        return store.calls().reading(qdrant -> qdrant.points().scroll(request));
    }

    /** Returns a list with what is known of how Qdrant, which chooses by itself, found it. */
    private Uni<CandidateList> explained(CandidateList list, MetadataFilter filter, ListDetail told) {
        if (!explaining || manifest.passages() == 0) {
            return Uni.createFrom().item(list);
        }
        CountPoints request = CountPoints.newBuilder()
                .setCollectionName(passages)
                .setFilter(seen(filter))
                .setExact(true)
                .build();
        return store.calls().reading(qdrant -> qdrant.points().count(request)).map(answer -> {
            long eligible = answer.getResult().getCount();
            boolean all = told.exact() != null && told.exact();
            return list.with(new ListDetail(told.exact(), all ? eligible : 0, eligible, told.words()));
        });
    }

    private Filter.Builder seen(MetadataFilter filter) {
        return Conditions.visible(manifest.generation())
                .addMust(Conditions.allowed(access))
                .addMust(Conditions.of(filter));
    }

    @Override
    public Uni<CandidateList> nearest(UnitVector query, MetadataFilter filter, int k) {
        int limit = k + SPARE;
        SearchParams params = store.settings().searching(kind, limit);
        @Nullable Boolean exact = params.getExact() ? true : null;
        return top(dense(query, params), filter, limit)
                .map(found -> new CandidateList(best(found, k), false))
                .flatMap(list -> explained(list, filter, new ListDetail(exact, 0, 0, List.of())));
    }

    @Override
    public Uni<CandidateList> matching(String query, MetadataFilter filter, int k) {
        return matching(LexicalQuery.of(query), filter, k);
    }

    @Override
    public Uni<CandidateList> matching(LexicalQuery query, MetadataFilter filter, int k) {
        return Uni.createFrom().item(() -> words.ofQuery(query)).flatMap(asked -> {
            SparseVector vector = SparseWords.ofQuery(asked.weights());
            Uni<CandidateList> list = vector.getIndicesCount() == 0
                    ? Uni.createFrom().item(new CandidateList(List.of(), asked.truncated()))
                    : top(sparse(vector), filter, k + SPARE)
                            .map(found -> new CandidateList(best(found, k), asked.truncated()));
            return list.flatMap(each ->
                    explained(each, filter, ListDetail.ofWords(0, explaining ? words.explain(query) : List.of())));
        });
    }

    @Override
    public Uni<List<Double>> similarities(UnitVector query, List<Candidate> candidates) {
        SearchParams exact = SearchParams.newBuilder().setExact(true).build();
        return scores(dense(query, exact), candidates, -1);
    }

    @Override
    public Uni<List<Double>> relevances(String query, List<Candidate> candidates) {
        return relevances(LexicalQuery.of(query), candidates);
    }

    @Override
    public Uni<List<Double>> relevances(LexicalQuery query, List<Candidate> candidates) {
        return Uni.createFrom().item(() -> words.ofQuery(query)).flatMap(asked -> {
            SparseVector vector = SparseWords.ofQuery(asked.weights());
            return vector.getIndicesCount() == 0
                    ? Uni.createFrom().item(candidates.stream().map(_ -> 0.0).toList())
                    : scores(sparse(vector), candidates, 0);
        });
    }

    @Override
    public Uni<List<StoredPassage>> load(List<Candidate> candidates) {
        return get(
                candidates,
                request -> request.setWithPayload(Payload.only(Payload.STORED)),
                point -> store.passagePoints().read(point.getPayloadMap()));
    }

    @Override
    public Uni<Likeness> likeness(List<Candidate> candidates) {
        return get(
                        candidates,
                        request -> request.setWithVectors(PassagePoints.VECTORS),
                        point -> PassagePoints.vector(point.getVectors()))
                .map(Likeness::of);
    }

    private <T> Uni<List<T>> get(
            List<Candidate> candidates, UnaryOperator<GetPoints.Builder> with, Function<RetrievedPoint, T> reading) {
        if (candidates.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        GetPoints request = with.apply(GetPoints.newBuilder()
                        .setCollectionName(passages)
                        .addAllIds(candidates.stream().map(this::id).toList()))
                .build();
        return store.calls().reading(qdrant -> qdrant.points().get(request)).map(answer -> {
            Map<PointId, RetrievedPoint> found = answer.getResultList().stream()
                    .collect(Collectors.toMap(RetrievedPoint::getId, Function.identity()));
            return candidates.stream()
                    .map(candidate -> Optional.ofNullable(found.get(id(candidate)))
                            .map(reading)
                            .orElseThrow(() -> gone(candidate)))
                    .toList();
        });
    }

    private static Failure gone(Candidate candidate) {
        return Failure.unavailable(
                "INDEX_UNREADABLE",
                "passage '%s' was replaced and deleted during the search, which took longer than replaced ones are kept"
                        .formatted(candidate.chunkId()),
                null);
    }

    /** There is nothing to let go of: replaced points are kept for as long as searches may take. */
    @Override
    public void close() {}

    private QueryPoints.Builder dense(UnitVector query, SearchParams params) {
        DenseVector.Builder vector = DenseVector.newBuilder();
        for (float value : query.toArray()) {
            vector.addData(value);
        }
        return query(VectorInput.newBuilder().setDense(vector), Schema.DENSE).setParams(params);
    }

    private QueryPoints.Builder sparse(SparseVector query) {
        return query(VectorInput.newBuilder().setSparse(query), Schema.WORDS);
    }

    private QueryPoints.Builder query(VectorInput.Builder vector, String using) {
        return QueryPoints.newBuilder()
                .setCollectionName(passages)
                .setQuery(Query.newBuilder().setNearest(vector))
                .setUsing(using);
    }

    private Uni<List<ScoredPoint>> top(QueryPoints.Builder query, MetadataFilter filter, int limit) {
        if (manifest.passages() == 0) {
            return Uni.createFrom().item(List.of());
        }
        QueryPoints request = query.setFilter(seen(filter))
                .setLimit(limit)
                .setWithPayload(Payload.only(Payload.CHUNK))
                .build();
        return store.calls().reading(qdrant -> qdrant.points().query(request)).map(answer -> answer.getResultList());
    }

    private List<Candidate> best(List<ScoredPoint> found, int k) {
        return found.stream()
                .map(point -> new Candidate(
                        Payload.text(point.getPayloadMap(), Payload.CHUNK),
                        locators.of(point.getId()),
                        point.getScore()))
                .sorted(BEST_FIRST)
                .limit(k)
                .toList();
    }

    /** Scores candidates by a query, with {@code otherwise} for those that it does not find. */
    private Uni<List<Double>> scores(QueryPoints.Builder query, List<Candidate> candidates, double otherwise) {
        if (candidates.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<PointId> ids = candidates.stream().map(this::id).toList();
        QueryPoints request = query.setFilter(Filter.newBuilder().addMust(Conditions.ids(ids)))
                .setLimit(ids.size())
                .build();
        return store.calls().reading(qdrant -> qdrant.points().query(request)).map(answer -> {
            Map<PointId, Double> scores = new HashMap<>();
            answer.getResultList().forEach(point -> scores.put(point.getId(), (double) point.getScore()));
            return ids.stream().map(id -> scores.getOrDefault(id, otherwise)).toList();
        });
    }

    private PointId id(Candidate candidate) {
        return locators.at(candidate.locator());
    }
}
