package quintet.retrieve.adapter.qdrant;

import static io.qdrant.client.ValueFactory.value;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.port.Generations;

/**
 * {@link Generations} as points of a collection of Qdrant, one for each of ours. Every process looks at them once a second, so
 * that all follow a choice within that time; none is written anew by two processes at once, since ingest-service makes one
 * choice after the other.
 */
@ApplicationScoped
@Identifier("qdrant")
class QdrantGenerations implements Generations {
    private static final Logger LOG = Logger.getLogger(QdrantGenerations.class);
    private static final long LOOK_EVERY_MS = 1000;
    private static final int PAGE = 1000;
    private static final String GENERATION = "generation";
    private static final String REVISION = "revision";

    private final QdrantConfig config;
    private final QdrantCalls calls;
    private final Schema schema;
    private final String name;
    private final Updates updates;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("qdrant-generations").factory());
    private volatile @Nullable Map<CollectionName, ChosenGeneration> known;

    QdrantGenerations(QdrantConfig config, QdrantCalls calls) {
        this.config = config;
        this.calls = calls;
        Names names = new Names(config.prefix());
        schema = new Schema(calls, names, config);
        name = names.generations();
        updates = new Updates(calls, name);
    }

    void start(@Observes StartupEvent started) {
        if (config.url().isPresent()) {
            var _ = watch.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** What was known goes on while Qdrant is away; before it was ever there, searches are refused and not sent astray. */
    private void look() {
        try {
            known = read();
        } catch (RuntimeException e) {
            LOG.debugf(
                    "the generations are not known, reason=%s: %s",
                    Failure.of(e).reason(), e.getMessage());
        }
    }

    @Override
    public Optional<ChosenGeneration> chosen(CollectionName collection) {
        Map<CollectionName, ChosenGeneration> choices = known;
        if (choices == null) {
            throw Failure.unavailable(
                    "VECTOR_STORE_UNAVAILABLE", "Qdrant has not told yet which generations searches go to", null);
        }
        return Optional.ofNullable(choices.get(collection));
    }

    @Override
    public synchronized ChosenGeneration choose(ChosenGeneration generation) {
        Map<CollectionName, ChosenGeneration> choices = read();
        ChosenGeneration before = choices.get(generation.collection());
        if (before == null || before.revision() < generation.revision()) {
            schema.createGenerations();
            Map<String, Value> payload = Payload.empty();
            payload.put(GENERATION, value(generation.generation().value()));
            payload.put(REVISION, value(generation.revision()));
            updates.upsert(List.of(Payload.point(id(generation.collection()), payload)));
            LOG.infof("searches of %s go to %s now", generation.collection(), generation.generation());
        }
        known = read();
        return chosen(generation.collection()).orElse(generation);
    }

    private static UUID id(CollectionName collection) {
        return UUID.nameUUIDFromBytes(collection.value().getBytes(UTF_8));
    }

    private Map<CollectionName, ChosenGeneration> read() {
        Map<CollectionName, ChosenGeneration> choices = new HashMap<>();
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(name)
                .setWithPayload(Payload.all())
                .setLimit(PAGE);
        boolean more;
        do {
            ScrollPoints asked = request.build();
            Optional<ScrollResponse> page = calls.find(qdrant -> qdrant.points().scroll(asked));
            page.map(ScrollResponse::getResultList).orElse(List.of()).stream()
                    .map(RetrievedPoint::getPayloadMap)
                    .map(QdrantGenerations::choice)
                    .forEach(choice -> choices.put(choice.collection(), choice));
            more = page.filter(ScrollResponse::hasNextPageOffset).isPresent();
            page.filter(ScrollResponse::hasNextPageOffset)
                    .ifPresent(found -> request.setOffset(found.getNextPageOffset()));
        } while (more);
        return Map.copyOf(choices);
    }

    private static ChosenGeneration choice(Map<String, Value> payload) {
        return new ChosenGeneration(
                new CollectionName(Payload.text(payload, GENERATION)), Payload.number(payload, REVISION));
    }

    @PreDestroy
    void close() {
        watch.shutdownNow();
    }
}
