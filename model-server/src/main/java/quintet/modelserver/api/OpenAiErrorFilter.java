package quintet.modelserver.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import quintet.rest.Problem;

/** Adds to problems the object {@code error} that OpenAI's clients read. */
public class OpenAiErrorFilter {
    /** A problem that OpenAI's clients understand too. */
    record OpenAiProblem(@JsonUnwrapped Problem problem, CompletionJson.ErrorJson error) {}

    @ServerResponseFilter
    void addError(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            String type = problem.status() < 500 ? "invalid_request_error" : "server_error";
            response.setEntity(new OpenAiProblem(
                    problem, new CompletionJson.ErrorJson(problem.detail(), type, null, problem.reason())));
        }
    }
}
