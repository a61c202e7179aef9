package quintet.retrieve.adapter.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.FloatIndexParams;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.IntegerIndexParams;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsDiff;
import io.qdrant.client.grpc.Collections.VectorParamsDiffMap;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Collections.VectorsConfigDiff;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;

/**
 * Creates what a collection needs in Qdrant. Every step can be repeated, so that one that was cut off is taken up again.
 *
 * <p>The indexes of the payload are created before the first point: Qdrant links its graphs along the indexes that are there
 * when it builds them, and searches under a filter find less without. They need no full scan either.
 */
final class Schema {
    /** Name of the vectors of passages. */
    static final String DENSE = "dense";

    /** Name of the sparse vectors of passages. */
    static final String WORDS = "words";

    private static final int FIXED_INDEXES = 6;

    private final QdrantCalls calls;
    private final Names names;
    private final OptionalInt shards;
    private final int replicas;
    private final int maxFieldIndexes;

    Schema(QdrantCalls calls, Names names, QdrantConfig config) {
        this.calls = calls;
        this.names = names;
        shards = config.shards();
        replicas = config.replicas();
        maxFieldIndexes = config.maxFieldIndexes();
    }

    /** Creates the collection of heads, which has no vectors, if it is not there. */
    void createHeads(CollectionName collection) {
        String heads = names.heads(collection);
        if (!exists(heads)) {
            create(CreateCollection.newBuilder()
                    .setCollectionName(heads)
                    .setShardNumber(1)
                    .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(VectorParamsMap.getDefaultInstance())));
        }
        index(heads, Payload.DOCUMENT, keyword());
        index(heads, Payload.FROM, generation());
        index(heads, Payload.UNTIL, generation());
    }

    /** Creates the collection of the choices of generations, which has no vectors, if it is not there. */
    void createGenerations() {
        if (!exists(names.generations())) {
            create(CreateCollection.newBuilder()
                    .setCollectionName(names.generations())
                    .setShardNumber(1)
                    .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(VectorParamsMap.getDefaultInstance())));
        }
    }

    /**
     * Where the passages of a collection lie.
     *
     * @param physical the collection of Qdrant that the alias names
     * @param indexed fields that have an index
     */
    record Place(String physical, int dimension, Set<String> indexed) {}

    /**
     * Lets the alias of the passages name a collection for vectors of {@code dimension}. One of another dimension, which must
     * hold nothing that searches find, is deleted.
     */
    Place createPassages(CollectionName collection, int dimension, VectorParamsDiff building) {
        String alias = names.passages(collection);
        Optional<Place> place = place(collection);
        if (place.isPresent() && place.get().dimension() == dimension) {
            return place.get();
        }
        String physical = names.physical(collection, dimension);
        if (!exists(physical)) {
            createPhysical(physical, dimension, building);
        }
        createIndexes(physical);
        Optional<String> old = place.map(Place::physical);
        switchAlias(alias, old, physical);
        old.ifPresent(this::delete);
        return place(collection)
                .orElseThrow(() -> Failure.unavailable(
                        "INDEX_UNWRITABLE", "Qdrant does not find '%s', which it has created".formatted(alias), null));
    }

    private void delete(String name) {
        DeleteCollection request =
                DeleteCollection.newBuilder().setCollectionName(name).build();
        var _ = calls.write(qdrant -> qdrant.collections().delete(request));
    }

    /** Returns where the passages lie; empty before there were any. */
    Optional<Place> place(CollectionName collection) {
        Optional<String> physical = named(names.passages(collection));
        return physical.map(name -> {
            CollectionInfo info = info(name)
                    .orElseThrow(() -> Failure.unavailable(
                            "INDEX_UNREADABLE",
                            "Qdrant does not find '%s', which an alias names".formatted(name),
                            null));
            long dimension = info.getConfig()
                    .getParams()
                    .getVectorsConfig()
                    .getParamsMap()
                    .getMapOrDefault(DENSE, VectorParams.getDefaultInstance())
                    .getSize();
            return new Place(
                    name,
                    (int) dimension,
                    new HashSet<>(info.getPayloadSchemaMap().keySet()));
        });
    }

    /** Returns what Qdrant says of the passages of a collection; empty if it never had any. */
    Optional<CollectionInfo> passages(CollectionName collection) {
        return info(names.passages(collection));
    }

    /** Changes what vectors are built by; Qdrant rebuilds behind the scenes. */
    void rebuild(Place place, VectorParamsDiff building) {
        UpdateCollection update = UpdateCollection.newBuilder()
                .setCollectionName(place.physical())
                .setVectorsConfig(VectorsConfigDiff.newBuilder()
                        .setParamsMap(VectorParamsDiffMap.newBuilder().putMap(DENSE, building)))
                .build();
        var _ = calls.write(qdrant -> qdrant.collections().update(update));
    }

    /** Creates an index for a field by what it holds, unless it has one or there are too many. */
    void indexField(Place place, String path) {
        if (place.indexed().size() < FIXED_INDEXES + maxFieldIndexes
                && !place.indexed().contains(path)) {
            boolean real = path.startsWith(FilterPayload.NUMBERS + '.');
            index(place.physical(), path, real ? real() : integer());
            place.indexed().add(path);
        }
    }

    private void createPhysical(String physical, int dimension, VectorParamsDiff building) {
        VectorParams.Builder dense = VectorParams.newBuilder()
                .setSize(dimension)
                // The vectors have length one, so this is their cosine; Cosine itself would not keep them bit for bit.
                .setDistance(Distance.Dot)
                .setHnswConfig(building.getHnswConfig());
        CreateCollection.Builder create = CreateCollection.newBuilder()
                .setCollectionName(physical)
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParamsMap(VectorParamsMap.newBuilder().putMap(DENSE, dense.build())))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                        .putMap(
                                WORDS,
                                SparseVectorParams.newBuilder()
                                        .setModifier(Modifier.Idf)
                                        .build()));
        shards.ifPresent(create::setShardNumber);
        create(create);
    }

    private void create(CreateCollection.Builder create) {
        CreateCollection request = create.setReplicationFactor(replicas)
                // What is acknowledged is on every copy that answers, so that it does not matter which one is read.
                .setWriteConsistencyFactor(replicas)
                // Filters are bounded here, and some conditions need no index.
                .setStrictModeConfig(StrictModeConfig.newBuilder().setEnabled(false))
                .build();
        var _ = calls.write(qdrant -> qdrant.collections().create(request));
    }

    private void createIndexes(String physical) {
        index(physical, Payload.DOCUMENT, keyword());
        index(physical, Payload.FROM, generation());
        index(physical, Payload.UNTIL, generation());
        index(physical, AccessPayload.FIELD, keyword());
        index(physical, FilterPayload.TERMS, keyword());
        index(physical, FilterPayload.FIELDS, keyword());
    }

    /** Neither looked up by value nor worth links in the graph: nearly all points pass. */
    private static PayloadIndexParams generation() {
        return PayloadIndexParams.newBuilder()
                .setIntegerIndexParams(IntegerIndexParams.newBuilder()
                        .setLookup(false)
                        .setRange(true)
                        .setEnableHnsw(false))
                .build();
    }

    private static PayloadIndexParams keyword() {
        return PayloadIndexParams.newBuilder()
                .setKeywordIndexParams(KeywordIndexParams.getDefaultInstance())
                .build();
    }

    private static PayloadIndexParams integer() {
        return PayloadIndexParams.newBuilder()
                .setIntegerIndexParams(
                        IntegerIndexParams.newBuilder().setLookup(false).setRange(true))
                .build();
    }

    private static PayloadIndexParams real() {
        return PayloadIndexParams.newBuilder()
                .setFloatIndexParams(FloatIndexParams.getDefaultInstance())
                .build();
    }

    private void index(String name, String field, PayloadIndexParams params) {
        FieldType type = switch (params.getIndexParamsCase()) {
            case KEYWORD_INDEX_PARAMS -> FieldType.FieldTypeKeyword;
            case FLOAT_INDEX_PARAMS -> FieldType.FieldTypeFloat;
            default -> FieldType.FieldTypeInteger;
        };
        CreateFieldIndexCollection request = CreateFieldIndexCollection.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .setFieldName(field)
                .setFieldType(type)
                .setFieldIndexParams(params)
                .build();
        Updates.check(calls.write(qdrant -> qdrant.points().createFieldIndex(request)));
    }

    private boolean exists(String name) {
        return calls.read(qdrant -> qdrant.collections()
                        .collectionExists(CollectionExistsRequest.newBuilder()
                                .setCollectionName(name)
                                .build()))
                .getResult()
                .getExists();
    }

    private Optional<CollectionInfo> info(String name) {
        return calls.find(qdrant -> get(qdrant, name)).map(GetCollectionInfoResponse::getResult);
    }

    private static ListenableFuture<GetCollectionInfoResponse> get(QdrantCalls.Stubs qdrant, String name) {
        return qdrant.collections()
                .get(GetCollectionInfoRequest.newBuilder()
                        .setCollectionName(name)
                        .build());
    }

    /** Returns the collection that an alias names. */
    private Optional<String> named(String alias) {
        return calls
                .read(qdrant -> qdrant.collections().listAliases(ListAliasesRequest.getDefaultInstance()))
                .getAliasesList()
                .stream()
                .filter(each -> each.getAliasName().equals(alias))
                .map(each -> each.getCollectionName())
                .findFirst();
    }

    /** Switches in one step: whoever uses the alias meanwhile sees the one collection or the other. */
    private void switchAlias(String alias, Optional<String> from, String to) {
        ChangeAliases.Builder change = ChangeAliases.newBuilder();
        from.ifPresent(_ -> change.addActions(AliasOperations.newBuilder()
                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias))));
        change.addActions(AliasOperations.newBuilder()
                .setCreateAlias(CreateAlias.newBuilder().setAliasName(alias).setCollectionName(to)));
        boolean done = calls.write(qdrant -> qdrant.collections().updateAliases(change.build()))
                .getResult();
        if (!done) {
            throw Failure.unavailable(
                    "INDEX_UNWRITABLE", "Qdrant did not let '%s' name '%s'".formatted(alias, to), null);
        }
    }
}
