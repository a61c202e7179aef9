package quintet.retrieve.adapter.qdrant;

import static quintet.retrieve.adapter.qdrant.Refusal.require;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsImplBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Qdrant's service of collections and aliases. */
final class ServedCollections extends CollectionsImplBase {
    private static final Pattern INVALID_IN_NAMES = Pattern.compile("[<>:\"/\\\\|?*\u0000\u001f]");

    private final Map<String, ServedCollection> collections = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();

    /** Returns a collection by its name or an alias. */
    ServedCollection get(String name) {
        return real(aliases.getOrDefault(name, name));
    }

    /** Returns a collection by its name. */
    ServedCollection real(String name) {
        ServedCollection collection = collections.get(name);
        if (collection == null) {
            throw Refusal.notFound(name);
        }
        return collection;
    }

    Map<String, ServedCollection> all() {
        return collections;
    }

    Map<String, String> aliases() {
        return aliases;
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> answer) {
        QdrantServer.answer(answer, () -> {
            String name = request.getCollectionName();
            require(!name.isEmpty() && name.length() <= 255, "collection name length");
            require(!INVALID_IN_NAMES.matcher(name).find(), "collection name cannot contain such a character: " + name);
            require(!aliases.containsKey(name), "Can't create collection with name " + name + ". Alias already exists");
            require(!request.hasShardNumber() || request.getShardNumber() >= 1, "shard_number");
            require(!request.hasReplicationFactor() || request.getReplicationFactor() >= 1, "replication_factor");
            if (collections.putIfAbsent(name, new ServedCollection(request)) != null) {
                throw Refusal.exists(name);
            }
            return done();
        });
    }

    @Override
    public void update(UpdateCollection request, StreamObserver<CollectionOperationResponse> answer) {
        QdrantServer.answer(answer, () -> {
            ServedCollection collection = real(request.getCollectionName());
            request.getVectorsConfig().getParamsMap().getMapMap().forEach((name, change) -> {
                require(
                        !change.getHnswConfig().hasEfConstruct()
                                || change.getHnswConfig().getEfConstruct() >= 4,
                        "ef_construct must be 4 or larger");
                collection.change(name, change);
            });
            return done();
        });
    }

    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> answer) {
        QdrantServer.answer(answer, () -> {
            aliases.values().removeIf(request.getCollectionName()::equals);
            return CollectionOperationResponse.newBuilder()
                    .setResult(collections.remove(request.getCollectionName()) != null)
                    .build();
        });
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> answer) {
        QdrantServer.answer(
                answer,
                () -> GetCollectionInfoResponse.newBuilder()
                        .setResult(get(request.getCollectionName()).info())
                        .build());
    }

    @Override
    public void collectionExists(CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> answer) {
        QdrantServer.answer(
                answer,
                () -> CollectionExistsResponse.newBuilder()
                        .setResult(CollectionExists.newBuilder()
                                .setExists(collections.containsKey(request.getCollectionName())))
                        .build());
    }

    @Override
    public void list(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> answer) {
        QdrantServer.answer(answer, () -> {
            ListCollectionsResponse.Builder all = ListCollectionsResponse.newBuilder();
            collections
                    .keySet()
                    .forEach(name -> all.addCollections(
                            CollectionDescription.newBuilder().setName(name)));
            return all.build();
        });
    }

    @Override
    public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> answer) {
        QdrantServer.answer(answer, () -> {
            ListAliasesResponse.Builder all = ListAliasesResponse.newBuilder();
            aliases.forEach((alias, name) -> all.addAliases(
                    AliasDescription.newBuilder().setAliasName(alias).setCollectionName(name)));
            return all.build();
        });
    }

    @Override
    public void updateAliases(ChangeAliases request, StreamObserver<CollectionOperationResponse> answer) {
        QdrantServer.answer(answer, () -> {
            for (AliasOperations action : request.getActionsList()) {
                switch (action.getActionCase()) {
                    case CREATE_ALIAS -> {
                        String alias = action.getCreateAlias().getAliasName();
                        require(!collections.containsKey(alias), "Collection `" + alias + "` already exists!");
                        var _ = real(action.getCreateAlias().getCollectionName());
                        aliases.put(alias, action.getCreateAlias().getCollectionName());
                    }
                    case DELETE_ALIAS -> {
                        var _ = aliases.remove(action.getDeleteAlias().getAliasName());
                    }
                    default -> throw Refusal.unsupported(action.getActionCase());
                }
            }
            return done();
        });
    }

    private static CollectionOperationResponse done() {
        return CollectionOperationResponse.newBuilder().setResult(true).build();
    }
}
