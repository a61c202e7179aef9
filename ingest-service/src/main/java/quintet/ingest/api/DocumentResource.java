package quintet.ingest.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentPage;
import quintet.ingest.model.Submission;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.pipeline.LimitsConfig;
import quintet.ingest.pipeline.TimeLeft;

/** {@code /v1/collections/{c}/documents}: takes documents in, follows them, deletes them. */
@Path("/v1/collections/{collection}/documents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DocumentResource {
    private final Callers callers;
    private final IngestPipeline pipeline;
    private final TimeLeft timeLeft;
    private final ObjectMapper mapper;
    private final int maxDocuments;
    private final long maxJsonBytes;

    DocumentResource(
            Callers callers, IngestPipeline pipeline, TimeLeft timeLeft, ObjectMapper mapper, LimitsConfig limits) {
        this.callers = callers;
        this.pipeline = pipeline;
        this.timeLeft = timeLeft;
        this.mapper = mapper;
        maxDocuments = limits.maxDocuments();
        maxJsonBytes = limits.maxJson().asLongValue();
    }

    /** Stores each file as a document of its own; those that can not be stored are named beside those that are. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Store files", description = "Each part 'file' becomes a document; 202 once all are durable.")
    public Response addFiles(
            @PathParam("collection") String collection,
            @RestForm("file") @Nullable List<FileUpload> files,
            @RestForm("metadata") @Nullable String metadata,
            @RestForm("title") @Nullable String title,
            @RestForm("source") @Nullable String source,
            @RestForm("groups") @Nullable String groups) {
        Identity caller = callers.ofRequest();
        String target = RequestRules.collection(caller, collection);
        List<String> access = RequestRules.groups(caller, groups);
        Map<String, String> shared = RequestRules.metadata(metadata, mapper);
        List<FileUpload> uploads = files(files);
        List<DocumentView> documents = new ArrayList<>();
        List<DocumentView.Rejected> rejected = new ArrayList<>();
        @Nullable Failure first = null;
        for (FileUpload file : uploads) {
            try {
                Attributes given = attributes(file, title, source, shared, access);
                try (InputStream content = Files.newInputStream(file.uploadedFile())) {
                    Submission submission = pipeline.add(target, given, content, RequestRules.visible(caller));
                    documents.add(view(submission));
                }
            } catch (Failure failure) {
                if (failure.kind() != Failure.Kind.INVALID_INPUT) {
                    throw failure;
                }
                first = first == null ? failure : first;
                rejected.add(new DocumentView.Rejected(file.fileName(), failure.reason(), failure.message()));
            } catch (IOException e) {
                throw Failure.unavailable("UPLOAD_LOST", "an uploaded file is gone before it was stored", e);
            }
        }
        if (documents.isEmpty() && first != null) {
            throw first;
        }
        return accepted(documents, rejected);
    }

    /** Stores a text. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Store a text",
            description =
                    "{\"text\", \"title\"?, \"filename\"?, \"mimeType\"?, \"source\"?, \"metadata\"?, \"groups\"?}")
    public Response addText(@PathParam("collection") String collection, InputStream body) {
        Identity caller = callers.ofRequest();
        String target = RequestRules.collection(caller, collection);
        TextSubmission text = TextSubmission.read(body, maxJsonBytes, mapper, caller);
        return accepted(
                List.of(view(pipeline.add(target, text.attributes(), text.content(), RequestRules.visible(caller)))),
                List.of());
    }

    /** Stores one file as the document {@code id}. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response putFile(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @RestForm("file") @Nullable List<FileUpload> files,
            @RestForm("metadata") @Nullable String metadata,
            @RestForm("title") @Nullable String title,
            @RestForm("source") @Nullable String source,
            @RestForm("groups") @Nullable String groups) {
        Identity caller = callers.ofRequest();
        DocumentKey key = RequestRules.key(caller, collection, id);
        List<FileUpload> uploads = files(files);
        if (uploads.size() > 1) {
            throw Failure.invalidInput("TOO_MANY_FILES", "the request has %d files, PUT takes 1", uploads.size());
        }
        FileUpload file = uploads.getFirst();
        Attributes given = attributes(
                file, title, source, RequestRules.metadata(metadata, mapper), RequestRules.groups(caller, groups));
        try (InputStream content = Files.newInputStream(file.uploadedFile())) {
            return stored(pipeline.put(key, given, content, RequestRules.visible(caller)));
        } catch (IOException e) {
            throw Failure.unavailable("UPLOAD_LOST", "the uploaded file is gone before it was stored", e);
        }
    }

    /** Stores a text as the document {@code id}. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response putText(@PathParam("collection") String collection, @PathParam("id") String id, InputStream body) {
        Identity caller = callers.ofRequest();
        DocumentKey key = RequestRules.key(caller, collection, id);
        TextSubmission text = TextSubmission.read(body, maxJsonBytes, mapper, caller);
        return stored(pipeline.put(key, text.attributes(), text.content(), RequestRules.visible(caller)));
    }

    /** Stores the body as the document {@code id}, as it comes. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    public Response putBytes(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @RestQuery @Nullable String filename,
            @RestQuery @Nullable String groups,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.CONTENT_DISPOSITION) @Nullable String disposition,
            InputStream body) {
        Identity caller = callers.ofRequest();
        DocumentKey key = RequestRules.key(caller, collection, id);
        String name = filename == null ? ContentDisposition.filename(disposition) : filename;
        Attributes given =
                RequestRules.attributes(name, null, null, type, Map.of(), RequestRules.groups(caller, groups));
        return stored(pipeline.put(key, given, body, RequestRules.visible(caller)));
    }

    /** Lists documents by id, with the counts of the whole collection by state. */
    @GET
    public DocumentView.Page list(
            @PathParam("collection") String collection,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        Identity caller = callers.ofRequest();
        DocumentPage page = pipeline.list(
                RequestRules.collection(caller, collection),
                RequestRules.state(state),
                RequestRules.limit(limit),
                RequestRules.fromCursor(cursor),
                RequestRules.visible(caller));
        Map<String, Long> counts = new LinkedHashMap<>();
        page.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> counts.put(count.getKey().name(), count.getValue()));
        String next = page.nextAfter();
        return new DocumentView.Page(
                page.documents().stream().map(DocumentView::of).toList(),
                next == null ? null : RequestRules.toCursor(next),
                counts);
    }

    /** Reads one document; a deleted one says so. */
    @GET
    @Path("{id}")
    public DocumentView get(@PathParam("collection") String collection, @PathParam("id") String id) {
        Document document = visible(collection, id);
        return DocumentView.of(document, timeLeft.of(document));
    }

    /** Reads the original bytes. Only PDF and plain text are shown by a browser, and nothing in them runs. */
    @GET
    @Path("{id}/content")
    @Produces(MediaType.WILDCARD)
    public Response content(@PathParam("collection") String collection, @PathParam("id") String id) {
        Document document = visible(collection, id);
        java.nio.file.Path file = pipeline.content(document);
        String type = document.mimeType().isEmpty() ? MediaType.APPLICATION_OCTET_STREAM : document.mimeType();
        boolean inline = type.startsWith("application/pdf") || type.startsWith(MediaType.TEXT_PLAIN);
        String filename =
                document.given().filename().isEmpty() ? id : document.given().filename();
        return Response.ok(file.toFile(), type)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.of(inline, filename))
                .build();
    }

    /** Deletes a document; its passages vanish from the index shortly after. */
    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("collection") String collection, @PathParam("id") String id) {
        Identity caller = callers.ofRequest();
        Document deleted = pipeline.delete(RequestRules.key(caller, collection, id), RequestRules.visible(caller));
        return Response.accepted(DocumentView.of(deleted)).build();
    }

    private Document visible(String collection, String id) {
        Identity caller = callers.ofRequest();
        return pipeline.get(RequestRules.key(caller, collection, id), RequestRules.visible(caller));
    }

    private List<FileUpload> files(@Nullable List<FileUpload> files) {
        if (files == null || files.isEmpty()) {
            throw Failure.invalidInput("NO_FILES", "the request has 0 parts named 'file', must have at least 1");
        }
        if (files.size() > maxDocuments) {
            throw Failure.invalidInput(
                    "TOO_MANY_FILES", "the request has %d files, the limit is %d", files.size(), maxDocuments);
        }
        return files;
    }

    private static Attributes attributes(
            FileUpload file,
            @Nullable String title,
            @Nullable String source,
            Map<String, String> metadata,
            List<String> groups) {
        return RequestRules.attributes(file.fileName(), title, source, file.contentType(), metadata, groups);
    }

    private static DocumentView view(Submission submission) {
        return DocumentView.of(submission.document(), submission.unchanged() ? true : null);
    }

    private static Response accepted(List<DocumentView> documents, List<DocumentView.Rejected> rejected) {
        Response.ResponseBuilder response = Response.accepted(new DocumentView.Accepted(documents, rejected));
        if (documents.size() == 1) {
            response.location(location(documents.getFirst()));
        }
        return response.build();
    }

    private static Response stored(Submission submission) {
        DocumentView view = view(submission);
        return Response.status(submission.unchanged() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(view)
                .location(location(view))
                .build();
    }

    private static URI location(DocumentView view) {
        return URI.create("/v1/collections/%s/documents/%s".formatted(view.collection(), view.id()));
    }
}
