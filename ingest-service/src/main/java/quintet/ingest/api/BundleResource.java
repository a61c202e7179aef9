package quintet.ingest.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.pipeline.bundle.ExportPipeline;
import quintet.ingest.pipeline.bundle.ImportPipeline;

/** {@code /v1/collections/{c}/export} and {@code /import}: a collection as one file, with its vectors. */
@Path("/v1/collections/{collection}")
@RunOnVirtualThread
public class BundleResource {
    private static final String GZIP = "application/gzip";

    private final Callers callers;
    private final ExportPipeline exports;
    private final ImportPipeline imports;
    private final ObjectMapper mapper;

    BundleResource(Callers callers, ExportPipeline exports, ImportPipeline imports, ObjectMapper mapper) {
        this.callers = callers;
        this.exports = exports;
        this.imports = imports;
        this.mapper = mapper;
    }

    /** Streams the bundle of a collection. The last line of one that broke off says why, and no import takes it. */
    @GET
    @Path("export")
    @Operation(
            summary = "Export a collection",
            description = "Texts, chunks, vectors, metadata and original bytes as gzipped JSON Lines;"
                    + " ?originals=false leaves the original bytes out.")
    public Response export(@PathParam("collection") String collection, @RestQuery @Nullable String originals) {
        ExportPipeline.Export export = exports.begin(whole(collection), !"false".equals(flag(originals)));
        StreamingOutput body = export::writeTo;
        return Response.ok(body, GZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.of(false, collection + ".jsonl.gz"))
                .build();
    }

    /** Stores and checks the body, a bundle, and then takes its documents in, telling how far it is in server-sent events. */
    @POST
    @Path("import")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Import a bundle",
            description =
                    "The body is a bundle. Nothing is written unless all of it is sound and its model is that of this"
                            + " installation. Events: progress, then done or failed.")
    public Response load(@PathParam("collection") String collection, InputStream body) throws IOException {
        ImportPipeline.Import bundle = imports.receive(whole(collection), body);
        StreamingOutput events = out -> {
            try (bundle) {
                new ImportEvents(out, mapper).follow(bundle);
            }
        };
        return Response.ok(events, MediaType.SERVER_SENT_EVENTS).build();
    }

    /** Returns the stored name of a collection that the caller may see and change all of. */
    private String whole(String collection) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        return RequestRules.collection(caller, collection);
    }

    private static @Nullable String flag(@Nullable String value) {
        if (value == null || value.equals("true") || value.equals("false")) {
            return value;
        }
        throw Failure.invalidInput(
                "INVALID_FLAG", "originals is '%s', must be true or false", RequestRules.abbreviate(value));
    }
}
