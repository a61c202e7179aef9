package quintet.retrieve.api;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Supplier;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.Query;
import quintet.retrieve.pipeline.GenerationPipeline;
import quintet.retrieve.pipeline.VectorIndexPipeline;
import quintet.retrieve.v1.ChooseGenerationRequest;
import quintet.retrieve.v1.ChooseGenerationResponse;
import quintet.retrieve.v1.ChooseIndexRequest;
import quintet.retrieve.v1.ChooseIndexResponse;
import quintet.retrieve.v1.FindDocumentsRequest;
import quintet.retrieve.v1.FindDocumentsResponse;
import quintet.retrieve.v1.GenerationService;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** gRPC edge of the generations of collections, for services alone. Maps wire types to the model; decides nothing. */
@GrpcService
public class GenerationGrpcService implements GenerationService {
    private final Callers callers;
    private final GenerationPipeline generations;
    private final VectorIndexPipeline indexes;

    GenerationGrpcService(Callers callers, GenerationPipeline generations, VectorIndexPipeline indexes) {
        this.callers = callers;
        this.generations = generations;
        this.indexes = indexes;
    }

    @Override
    public Uni<ChooseIndexResponse> chooseIndex(ChooseIndexRequest request) {
        return forServices(() -> {
            CollectionName generation = Requests.stored(request.getGeneration());
            IndexKind kind = new IndexBody(request.getKind(), Map.copyOf(request.getParametersMap())).toModel();
            return indexes.choose(generation, kind)
                    .map(state -> ChooseIndexResponse.newBuilder()
                            .setKind(state.kind().text())
                            .build());
        });
    }

    @Override
    public Uni<ChooseGenerationResponse> chooseGeneration(ChooseGenerationRequest request) {
        return forServices(() -> {
            if (request.getRevision() < 1) {
                throw Failure.invalidInput(
                        "INVALID_GENERATION", "revision is %d, must be at least 1", request.getRevision());
            }
            return generations
                    .choose(
                            Requests.stored(request.getCollection()),
                            new ChosenGeneration(Requests.stored(request.getGeneration()), request.getRevision()))
                    .map(chosen -> ChooseGenerationResponse.newBuilder()
                            .setGeneration(chosen.generation().value())
                            .setRevision(chosen.revision())
                            .build());
        });
    }

    @Override
    public Uni<FindDocumentsResponse> findDocuments(FindDocumentsRequest request) {
        return forServices(() -> {
            CollectionName generation = Requests.stored(request.getGeneration());
            Query query = Requests.oneOfEachDocument(request.getQuery(), request.getTopK());
            return generations
                    .find(generation, query, Deadlines.remaining(generations.timeout()))
                    .map(found -> FindDocumentsResponse.newBuilder()
                            .addAllDocumentIds(found.documentIds())
                            .addAllDegraded(found.degraded())
                            .build());
        });
    }

    private <T> Uni<T> forServices(Supplier<Uni<T>> answer) {
        Uni<T> allowed = Uni.createFrom().deferred(() -> {
            callers.requireService();
            return answer.get();
        });
        return Deadlines.whileCallerWaits(allowed).onFailure().transform(RpcErrors::toStatus);
    }
}
