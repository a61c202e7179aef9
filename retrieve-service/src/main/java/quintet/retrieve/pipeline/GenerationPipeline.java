package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import quintet.failure.Failure;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.FoundDocuments;
import quintet.retrieve.model.Query;
import quintet.retrieve.port.Generations;

/** Switches between the generations of a collection, and looks into each of them. Nothing blocks. */
@ApplicationScoped
public class GenerationPipeline {
    private final Generations generations;
    private final RetrievePipeline searches;

    GenerationPipeline(Generations generations, RetrievePipeline searches) {
        this.generations = generations;
        this.searches = searches;
    }

    /** Returns the time that a search has when its caller names none, and at most. */
    public Duration timeout() {
        return searches.timeout();
    }

    /**
     * Lets searches of a collection go to one of its generations.
     *
     * @return the choice that counts afterwards; fails with INVALID_INPUT, reason INVALID_GENERATION
     */
    public Uni<ChosenGeneration> choose(CollectionName collection, ChosenGeneration generation) {
        return Uni.createFrom()
                .item(() -> {
                    if (!generation.collection().equals(collection)) {
                        throw Failure.invalidInput(
                                "INVALID_GENERATION",
                                "'%s' is no generation of '%s', whose generations have its name and '~' and a number",
                                generation.generation(),
                                collection);
                    }
                    return generations.choose(generation);
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Finds documents, best first, as a search that may see everything and has {@code budget} of time would. */
    public Uni<FoundDocuments> find(CollectionName generation, Query query, Duration budget) {
        return searches.search(CollectionAccess.toAllOf(generation), query, budget)
                .map(result -> new FoundDocuments(
                        result.hits().stream()
                                .map(hit -> hit.stored().documentId())
                                .distinct()
                                .toList(),
                        result.degraded()));
    }
}
