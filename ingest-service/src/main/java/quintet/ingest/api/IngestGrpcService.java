package quintet.ingest.api;

import io.quarkus.grpc.GrpcService;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.DocumentPage;
import quintet.ingest.model.Submission;
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
    private final IngestPipeline pipeline;
    private final Admission admission;
    private final UploadSlots slots;
    private final ExecutorService virtualThreads;

    IngestGrpcService(
            IngestPipeline pipeline,
            Admission admission,
            UploadSlots slots,
            @VirtualThreads ExecutorService virtualThreads) {
        this.pipeline = pipeline;
        this.admission = admission;
        this.slots = slots;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public Uni<PutDocumentResponse> putDocument(PutDocumentRequest request) {
        return call(() -> {
            admission.require();
            try (UploadSlots.Slot _ = slots.enter(request.getContent().size())) {
                return stored(request);
            }
        });
    }

    private PutDocumentResponse stored(PutDocumentRequest request) {
        Attributes given = RequestRules.attributes(
                request.getFilename(),
                request.getTitle(),
                request.getSource(),
                request.getMimeType(),
                request.getMetadataMap());
        String collection = RequestRules.collection(request.getCollection());
        Submission submission = request.getDocumentId().isEmpty()
                ? pipeline.add(collection, given, request.getContent().newInput())
                : pipeline.put(
                        RequestRules.key(collection, request.getDocumentId()),
                        given,
                        request.getContent().newInput());
        return PutDocumentResponse.newBuilder()
                .setDocument(IngestProtoMapping.toProto(submission.document()))
                .setUnchanged(submission.unchanged())
                .build();
    }

    @Override
    public Uni<GetDocumentResponse> getDocument(GetDocumentRequest request) {
        return call(() -> GetDocumentResponse.newBuilder()
                .setDocument(IngestProtoMapping.toProto(
                        pipeline.get(RequestRules.key(request.getCollection(), request.getDocumentId()))))
                .build());
    }

    @Override
    public Uni<ListDocumentsResponse> listDocuments(ListDocumentsRequest request) {
        return call(() -> {
            DocumentPage page = pipeline.list(
                    RequestRules.collection(request.getCollection()),
                    IngestProtoMapping.toModel(request.getState()),
                    request.getLimit() == 0 ? RequestRules.DEFAULT_LIMIT : RequestRules.limit(request.getLimit()),
                    RequestRules.fromCursor(request.getCursor()));
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
        return call(() -> DeleteDocumentResponse.newBuilder()
                .setDocument(IngestProtoMapping.toProto(
                        pipeline.delete(RequestRules.key(request.getCollection(), request.getDocumentId()))))
                .build());
    }

    private <T> Uni<T> call(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(virtualThreads)
                .onFailure()
                .transform(RpcErrors::toStatus);
    }
}
