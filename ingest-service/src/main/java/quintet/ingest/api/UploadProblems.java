package quintet.ingest.api;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;
import quintet.rest.Problem;

/** Turns what breaks while a body is read into a {@link Problem}: it is the sender's, never a 500. */
public class UploadProblems {
    private static final Logger LOG = Logger.getLogger(UploadProblems.class);

    @ServerExceptionMapper
    Response map(IOException unreadable) {
        return problem("the body is not what its headers say, or it broke off: " + unreadable.getMessage());
    }

    @ServerExceptionMapper
    Response map(MultipartParser.MalformedMessageException malformed) {
        return problem("the body is not multipart/form-data: a part's header has no name and value");
    }

    private static Response problem(String detail) {
        LOG.infof("body not read: %s", detail);
        return Response.status(400)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem("about:blank", "Bad Request", 400, "MALFORMED_BODY", detail, Map.of()))
                .build();
    }
}
