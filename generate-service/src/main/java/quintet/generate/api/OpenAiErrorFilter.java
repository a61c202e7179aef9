package quintet.generate.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import quintet.rest.Problem;

/** Adds to problems on OpenAI's paths the object {@code error} that its clients read. */
public class OpenAiErrorFilter {
    /** A problem that OpenAI's clients understand too. */
    record OpenAiProblem(@JsonUnwrapped Problem problem, ChatJson.ErrorJson error) {}

    @ServerResponseFilter
    void addError(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        boolean openAi = path.startsWith("/v1/chat/completions") || path.startsWith("/v1/models");
        if (openAi && response.getEntity() instanceof Problem problem) {
            String type = problem.status() < 500 ? "invalid_request_error" : "server_error";
            response.setEntity(
                    new OpenAiProblem(problem, new ChatJson.ErrorJson(problem.detail(), type, null, problem.reason())));
        }
    }
}
