package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.IndexState;
import quintet.retrieve.port.Generations;
import quintet.retrieve.port.VectorIndexes;

/** Shows and changes how the vectors of a collection, or of one of its generations, are searched. */
@ApplicationScoped
public class VectorIndexPipeline {
    private final VectorIndexes indexes;
    private final Generations generations;

    VectorIndexPipeline(VectorIndexes indexes, Generations generations) {
        this.indexes = indexes;
        this.generations = generations;
    }

    /** Returns the kind of a collection and how far its rebuild has come. */
    public Uni<IndexState> state(CollectionName collection) {
        return Uni.createFrom()
                .item(() -> indexes.state(generations.resolve(collection)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Chooses the kind of a collection; completes when that is durable, while the rebuild goes on. */
    public Uni<IndexState> choose(CollectionName collection, IndexKind kind) {
        return Uni.createFrom()
                .item(() -> indexes.choose(generations.resolve(collection), kind))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
