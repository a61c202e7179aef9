package quintet.ingest.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.Receipt;
import quintet.ingest.model.Selection;
import quintet.ingest.pipeline.DeletionPipeline;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.pipeline.ReceiptPipeline;
import quintet.ingest.pipeline.RetryPipeline;

/** What can be done with documents besides storing and reading them. */
@Path("/v1/collections/{collection}/documents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DocumentActionResource {
    private static final long MAX_BODY = 4L << 20;

    private final Callers callers;
    private final RetryPipeline pipeline;
    private final DeletionPipeline deletions;
    private final ReceiptPipeline receipts;
    private final IngestPipeline documents;
    private final ObjectMapper mapper;

    DocumentActionResource(
            Callers callers,
            RetryPipeline pipeline,
            DeletionPipeline deletions,
            ReceiptPipeline receipts,
            IngestPipeline documents,
            ObjectMapper mapper) {
        this.callers = callers;
        this.pipeline = pipeline;
        this.deletions = deletions;
        this.receipts = receipts;
        this.documents = documents;
        this.mapper = mapper;
    }

    /** Deletes the documents that the body describes, once the caller names how many they are. */
    @POST
    @Path("delete")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Delete documents by ids, states or a filter",
            description =
                    "{\"ids\"?, \"states\"?, \"filter\"?}: 200 with the count. The same with \"confirm\": <count>: 202,"
                            + " or 409 COUNT_CHANGED and nothing is deleted.")
    public Response delete(@PathParam("collection") String collection, InputStream json) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        String target = RequestRules.collection(caller, collection);
        DeletionBody body = DeletionBody.of(TextSubmission.object(json, MAX_BODY, mapper));
        Selection selection = body.selection();
        Selection.Size size = deletions.preview(target, selection);
        Long confirmed = body.confirm();
        return confirmed == null
                ? DeletionReply.preview(size)
                : DeletionReply.done(confirmed, deletions.delete(target, selection, confirmed));
    }

    /** Proves that a document is deleted, or says what is not done yet. */
    @GET
    @Path("{id}/receipt")
    @Operation(summary = "Receipt of a deletion", description = "200; 409 NOT_DELETED.")
    public Receipt receipt(@PathParam("collection") String collection, @PathParam("id") String id) {
        return receipts.receipt(visible(collection, id));
    }

    /** Processes a document again, as a new version of the same bytes. */
    @POST
    @Path("{id}/retry")
    @Operation(
            summary = "Retry a document",
            description = "202; 409 NOTHING_TO_RETRY or STILL_IN_PROGRESS if it neither failed nor is stuck.")
    public Response retry(@PathParam("collection") String collection, @PathParam("id") String id) {
        return Response.accepted(DocumentView.of(pipeline.retry(visible(collection, id))))
                .build();
    }

    /** Gives up the newest version; the one that searches find goes on answering. */
    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Cancel a version that is not READY", description = "202; 409 NOTHING_TO_CANCEL.")
    public Response cancel(@PathParam("collection") String collection, @PathParam("id") String id) {
        return Response.accepted(DocumentView.of(pipeline.cancel(visible(collection, id))))
                .build();
    }

    /** Returns the key of a document that the caller may see; fails with NOT_FOUND like one that is not there. */
    private DocumentKey visible(String collection, String id) {
        Identity caller = callers.ofRequest();
        return documents
                .get(RequestRules.key(caller, collection, id), RequestRules.visible(caller))
                .ref()
                .key();
    }
}
