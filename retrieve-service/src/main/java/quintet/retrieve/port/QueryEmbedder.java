package quintet.retrieve.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import quintet.retrieve.model.EmbeddedQuery;

/** Turns a query into a vector. */
public interface QueryEmbedder {
    /**
     * Embeds a query; the end of one that does not fit the model's window is left out, and the result says so.
     *
     * @param budget time that the caller has for it
     * @return fails with UNAVAILABLE and reason EMBEDDING_UNAVAILABLE when there is no answer in time
     */
    Uni<EmbeddedQuery> embed(String query, Duration budget);
}
