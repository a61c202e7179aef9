package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.ListedDocument;
import quintet.retrieve.port.DocumentHeads;
import quintet.retrieve.port.Generations;

/** Tells what the index holds, document by document, so that it can be compared with what it should hold. */
@ApplicationScoped
public class InventoryPipeline {
    private static final int DEFAULT_PAGE = 500;
    private static final int MAX_PAGE = 1000;

    private final DocumentHeads heads;
    private final Generations generations;

    InventoryPipeline(DocumentHeads heads, Generations generations) {
        this.heads = heads;
        this.generations = generations;
    }

    /** Returns whether searches by the name of a collection go to this generation of it. */
    public boolean isSearched(CollectionName generation) {
        return generations.isChosen(generation);
    }

    /**
     * Lists a page of a collection's documents.
     *
     * @param after only identifiers above this one; empty for the first page
     * @param pageSize 1 to 1,000; 0 for 500
     */
    public Uni<List<ListedDocument>> documents(CollectionName collection, String after, int pageSize) {
        return Uni.createFrom()
                .item(() -> {
                    if (pageSize < 0 || pageSize > MAX_PAGE) {
                        throw Failure.invalidInput(
                                "INVALID_PAGE_SIZE",
                                "pageSize is %d, must be 0 to %d".formatted(pageSize, MAX_PAGE),
                                Map.of("pageSize", Integer.toString(pageSize), "bound", Integer.toString(MAX_PAGE)));
                    }
                    return heads.page(collection, after, pageSize == 0 ? DEFAULT_PAGE : pageSize);
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
