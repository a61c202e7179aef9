package quintet.retrieve.api;

import io.quarkus.grpc.GrpcService;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.history.Asker;
import quintet.retrieve.pipeline.IndexPipeline;
import quintet.retrieve.pipeline.InventoryPipeline;
import quintet.retrieve.pipeline.RetrievePipeline;
import quintet.retrieve.pipeline.VectorPipeline;
import quintet.retrieve.pipeline.history.HistoryPipeline;
import quintet.retrieve.v1.GetDocumentStatusRequest;
import quintet.retrieve.v1.GetDocumentStatusResponse;
import quintet.retrieve.v1.GetSearchRequest;
import quintet.retrieve.v1.GetSearchResponse;
import quintet.retrieve.v1.GetVectorsRequest;
import quintet.retrieve.v1.GetVectorsResponse;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.ListCollectionsResponse;
import quintet.retrieve.v1.ListDocumentsRequest;
import quintet.retrieve.v1.ListDocumentsResponse;
import quintet.retrieve.v1.ReplaySearchRequest;
import quintet.retrieve.v1.ReplaySearchResponse;
import quintet.retrieve.v1.RetrieveService;
import quintet.retrieve.v1.SearchRequest;
import quintet.retrieve.v1.SearchResponse;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** gRPC edge of the retrieve service. Maps wire types to the model and failures to statuses; decides nothing. */
@GrpcService
public class RetrieveGrpcService implements RetrieveService {
    private final Callers callers;
    private final RetrievePipeline pipeline;
    private final HistoryPipeline history;
    private final IndexPipeline index;
    private final InventoryPipeline inventory;
    private final VectorPipeline vectors;
    private final ExecutorService virtualThreads;

    RetrieveGrpcService(
            Callers callers,
            RetrievePipeline pipeline,
            HistoryPipeline history,
            IndexPipeline index,
            InventoryPipeline inventory,
            VectorPipeline vectors,
            @VirtualThreads ExecutorService virtualThreads) {
        this.callers = callers;
        this.pipeline = pipeline;
        this.history = history;
        this.index = index;
        this.inventory = inventory;
        this.vectors = vectors;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public Uni<SearchResponse> search(SearchRequest request) {
        Uni<SearchResponse> answer = Uni.createFrom().deferred(() -> {
            Asker asker = asker(request.getCollection());
            Query query = SearchProtoMapping.toModel(request);
            return history.search(asker, query, request.getExplain(), Deadlines.remaining(history.timeout()))
                    .map(SearchProtoMapping::toProto);
        });
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    @Override
    public Uni<GetSearchResponse> getSearch(GetSearchRequest request) {
        Uni<GetSearchResponse> answer = Uni.createFrom()
                .deferred(() -> history.look(
                                asker(request.getCollection()),
                                request.getSearchId(),
                                Deadlines.remaining(history.timeout()))
                        .map(HistoryProtoMapping::toProto));
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    @Override
    public Uni<ReplaySearchResponse> replaySearch(ReplaySearchRequest request) {
        Uni<ReplaySearchResponse> answer = Uni.createFrom()
                .deferred(() -> history.replay(
                                asker(request.getCollection()),
                                request.getSearchId(),
                                request.getExplain(),
                                Deadlines.remaining(history.timeout()))
                        .map(HistoryProtoMapping::toProto));
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    private Asker asker(String collection) {
        return new Asker(Requests.collection(callers.ofCall(), collection), callers.keyOfCall());
    }

    @Override
    public Uni<ListCollectionsResponse> listCollections(ListCollectionsRequest request) {
        Uni<ListCollectionsResponse> answer = Uni.createFrom().deferred(() -> {
            Function<CollectionName, Optional<String>> names =
                    callers.byService() ? name -> Optional.of(name.value()) : searched(callers.ofCall());
            return pipeline.collections().map(all -> SearchProtoMapping.toProto(all, names));
        });
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    /** Names collections as the caller knows them, each by the generation that searches go to. */
    private Function<CollectionName, Optional<String>> searched(Identity caller) {
        Function<CollectionName, Optional<String>> shown = Requests.shownTo(caller);
        return name -> inventory.isSearched(name) ? shown.apply(name) : Optional.empty();
    }

    @Override
    public Uni<GetDocumentStatusResponse> getDocumentStatus(GetDocumentStatusRequest request) {
        Uni<GetDocumentStatusResponse> answer = forServices(Uni.createFrom()
                .item(() -> SearchProtoMapping.toProto(
                        index.look(Requests.stored(request.getCollection()), request.getDocumentId())))
                .runSubscriptionOn(virtualThreads));
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    @Override
    public Uni<ListDocumentsResponse> listDocuments(ListDocumentsRequest request) {
        Uni<ListDocumentsResponse> answer = forServices(Uni.createFrom()
                .deferred(() -> inventory
                        .documents(Requests.stored(request.getCollection()), request.getAfter(), request.getPageSize())
                        .map(InventoryProtoMapping::toProto)));
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    @Override
    public Uni<GetVectorsResponse> getVectors(GetVectorsRequest request) {
        Uni<GetVectorsResponse> answer = forServices(Uni.createFrom()
                .item(() -> VectorsProtoMapping.toProto(vectors.read(
                        Requests.stored(request.getCollection()), request.getDocumentId(), request.getChunkIdsList())))
                .runSubscriptionOn(virtualThreads));
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    /** Refuses what knows no tenants to everybody but another service. */
    private <T> Uni<T> forServices(Uni<T> answer) {
        return Uni.createFrom().deferred(() -> {
            callers.requireService();
            return answer;
        });
    }
}
