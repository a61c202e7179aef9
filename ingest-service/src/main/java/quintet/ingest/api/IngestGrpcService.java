package quintet.ingest.api;

import io.quarkus.grpc.GrpcService;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.DocumentPage;
import quintet.ingest.model.Submission;
import quintet.ingest.model.Visibility;
import quintet.ingest.pipeline.Admission;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.v1.DeleteDocumentRequest;
import quintet.ingest.v1.DeleteDocumentResponse;
import quintet.ingest.v1.GetDocumentRequest;
import quintet.ingest.v1.GetDocumentResponse;
import quintet.ingest.v1.IngestService;
import quintet.ingest.v1.ListDocumentsRequest;
import quintet.ingest.v1.ListDocumentsResponse;
import quintet.ingest.v1.PutDocumentRequest;
import quintet.ingest.v1.PutDocumentResponse;
import quintet.rpc.RpcErrors;

/**
 * gRPC edge of the ingest service. Maps wire types to the model and failures to statuses; decides nothing. Calls are taken on
 * the event loop and handed to virtual threads here: handed over by {@code @RunOnVirtualThread}, about one in a hundred is
 * refused with "Half-closed without a request", its events out of order.
 */
@GrpcService
public class IngestGrpcService implements IngestService {
    private final Callers callers;
    private final IngestPipeline pipeline;
    private final Admission admission;
    private final UploadSlots slots;
    private final ExecutorService virtualThreads;

    IngestGrpcService(
            Callers callers,
            IngestPipeline pipeline,
            Admission admission,
            UploadSlots slots,
            @VirtualThreads ExecutorService virtualThreads) {
        this.callers = callers;
        this.pipeline = pipeline;
        this.admission = admission;
        this.slots = slots;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public Uni<PutDocumentResponse> putDocument(PutDocumentRequest request) {
        return call(caller -> {
            admission.require();
            try (UploadSlots.Slot _ = slots.enter(request.getContent().size())) {
                return stored(caller, request);
            }
        });
    }

    private PutDocumentResponse stored(Identity caller, PutDocumentRequest request) {
        Attributes given = RequestRules.attributes(
                request.getFilename(),
                request.getTitle(),
                request.getSource(),
                request.getMimeType(),
                request.getMetadataMap(),
                caller.give(request.getGroupsList()));
        Visibility visible = RequestRules.visible(caller);
        Submission submission = request.getDocumentId().isEmpty()
                ? pipeline.add(
                        RequestRules.collection(caller, request.getCollection()),
                        given,
                        request.getContent().newInput(),
                        visible)
                : pipeline.put(
                        RequestRules.key(caller, request.getCollection(), request.getDocumentId()),
                        given,
                        request.getContent().newInput(),
                        visible);
        return PutDocumentResponse.newBuilder()
                .setDocument(IngestProtoMapping.toProto(submission.document()))
                .setUnchanged(submission.unchanged())
                .build();
    }

    @Override
    public Uni<GetDocumentResponse> getDocument(GetDocumentRequest request) {
        return call(caller -> GetDocumentResponse.newBuilder()
                .setDocument(IngestProtoMapping.toProto(pipeline.get(
                        RequestRules.key(caller, request.getCollection(), request.getDocumentId()),
                        RequestRules.visible(caller))))
                .build());
    }

    @Override
    public Uni<ListDocumentsResponse> listDocuments(ListDocumentsRequest request) {
        return call(caller -> {
            DocumentPage page = pipeline.list(
                    RequestRules.collection(caller, request.getCollection()),
                    IngestProtoMapping.toModel(request.getState()),
                    request.getLimit() == 0 ? RequestRules.DEFAULT_LIMIT : RequestRules.limit(request.getLimit()),
                    RequestRules.fromCursor(request.getCursor()),
                    RequestRules.visible(caller));
            ListDocumentsResponse.Builder response = ListDocumentsResponse.newBuilder();
            page.documents().forEach(document -> response.addDocuments(IngestProtoMapping.toProto(document)));
            String next = page.nextAfter();
            if (next != null) {
                response.setNextCursor(RequestRules.toCursor(next));
            }
            return response.build();
        });
    }

    @Override
    public Uni<DeleteDocumentResponse> deleteDocument(DeleteDocumentRequest request) {
        return call(caller -> DeleteDocumentResponse.newBuilder()
                .setDocument(IngestProtoMapping.toProto(pipeline.delete(
                        RequestRules.key(caller, request.getCollection(), request.getDocumentId()),
                        RequestRules.visible(caller))))
                .build());
    }

    /** Asks who calls before the thread changes. */
    private <T> Uni<T> call(Function<Identity, T> work) {
        return Uni.createFrom()
                .item(callers::ofCall)
                .flatMap(caller ->
                        Uni.createFrom().item(() -> work.apply(caller)).runSubscriptionOn(virtualThreads))
                .onFailure()
                .transform(RpcErrors::toStatus);
    }
}
