package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.port.QueryEmbedder;

/** Vectors of queries that fit a collection's model; those used last are kept. */
@ApplicationScoped
class QueryVectors {
    private static final int MAX_CACHED_LENGTH = 512;

    private final QueryEmbedder embedder;
    private final Map<Key, EmbeddedQuery> cache;

    private record Key(ModelRef model, String query) {}

    QueryVectors(QueryEmbedder embedder, SearchConfig config) {
        this.embedder = embedder;
        int bound = config.cachedQueries();
        this.cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, EmbeddedQuery> eldest) {
                return size() > bound;
            }
        });
    }

    /**
     * Returns the vector of {@code query} by exactly {@code model}.
     *
     * @return fails with UNAVAILABLE, reason EMBEDDING_UNAVAILABLE or MODEL_MISMATCH
     */
    Uni<EmbeddedQuery> embed(String query, ModelRef model, Duration budget) {
        @Nullable EmbeddedQuery known = cache.get(new Key(model, query));
        return known != null
                ? Uni.createFrom().item(known)
                : embedder.embed(query, budget)
                        .invoke(embedded -> remember(query, embedded))
                        .invoke(embedded -> requireModel(model, embedded.model()));
    }

    private void remember(String query, EmbeddedQuery embedded) {
        if (query.length() <= MAX_CACHED_LENGTH) {
            cache.put(new Key(embedded.model(), query), embedded);
        }
    }

    private static void requireModel(ModelRef expected, ModelRef model) {
        if (!model.equals(expected)) {
            throw Failure.unavailable(
                    "MODEL_MISMATCH",
                    "the collection's vectors are of %s, embed-service runs %s: ingest the collection again or run its model"
                            .formatted(expected, model),
                    null);
        }
    }
}
