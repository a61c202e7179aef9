package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Drift;
import quintet.ingest.model.IndexedDocument;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.ReconcileReport.Outcome;
import quintet.ingest.model.RegisteredDocument;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.port.DriftRegistry;
import quintet.ingest.port.StoredVersions;
import quintet.ingest.port.StoredVersions.Stored;
import quintet.ingest.port.VersionProgress;

/**
 * Repairs one document: by events that were lost, published again, or by a new version where the index would take the same
 * one for known. Every consumer is idempotent, so a repair that was not needed costs work and changes nothing. Blocking.
 */
@ApplicationScoped
class Healer {
    /** Queues whose backlog explains why a version has not come further. */
    static final Map<Stage, Set<String>> QUEUES = Map.of(
            Stage.PARSE, Set.of("ingest.document-received"),
            Stage.INDEX,
                    Set.of(
                            "embed.chunks-created",
                            "retrieve.chunks-embedded",
                            "retrieve.document-deleted",
                            "ingest.vectors-missing",
                            "ingest.chunks-staged",
                            "ingest.document-indexed",
                            "ingest.document-removed"));

    private static final int MAX_DOUBLINGS = 10;

    private final DriftRegistry drifts;
    private final StoredVersions versions;
    private final VersionProgress progress;
    private final int maxHeals;

    Healer(DriftRegistry drifts, StoredVersions versions, VersionProgress progress, ReconcileConfig config) {
        this.drifts = drifts;
        this.versions = versions;
        this.progress = progress;
        maxHeals = config.maxHeals();
    }

    /** Tells what a repair has to heed: what waits at the broker, and how long a repair is given to show. */
    record Circumstances(Set<String> busyQueues, Duration stuckAfter, Instant now) {}

    Outcome heal(
            Drift drift,
            @Nullable RegisteredDocument registered,
            @Nullable IndexedDocument indexed,
            String collection,
            Circumstances circumstances) {
        if (registered == null) {
            return indexed != null
                            && drifts.bury(DocumentRef.of(collection, indexed.documentId(), indexed.version() + 1))
                    ? Outcome.HEALED
                    : Outcome.WAITING;
        }
        if (drift == Drift.UNTOLD) {
            return progress.indexed(registered.ref(), registered.chunkCount(), circumstances.now())
                    ? Outcome.HEALED
                    : Outcome.WAITING;
        }
        if (isOnItsWay(drift, registered, circumstances)) {
            return Outcome.WAITING;
        }
        if (registered.heals() >= maxHeals) {
            return giveUp(registered);
        }
        long indexedVersion = indexed == null ? 0 : indexed.version();
        boolean done = switch (drift) {
            case MISSING, STALE -> republish(registered);
            case STUCK ->
                isBeforeChunks(registered)
                        ? drifts.republish(registered, List.of(new IngestEvent.DocumentReceived(registered.ref())))
                        : republish(registered);
            case INCOMPLETE, AHEAD ->
                drifts.reprocess(registered, Math.max(registered.ref().version(), indexedVersion) + 1);
            case RESURRECTED ->
                drifts.redelete(
                        registered,
                        registered.ref().version() > indexedVersion
                                ? registered.ref().version()
                                : indexedVersion + 1);
            case UNREMOVED -> drifts.redelete(registered, registered.ref().version());
            case UNTOLD, UNKNOWN -> false;
        };
        return done ? Outcome.HEALED : Outcome.WAITING;
    }

    private boolean republish(RegisteredDocument registered) {
        Optional<Stored> stored = versions.newest(registered.ref());
        if (stored.isEmpty()) {
            return drifts.reprocess(registered, registered.ref().version() + 1);
        }
        return drifts.republish(
                registered,
                ChunkEvents.of(
                        registered.ref(), stored.get().given(), stored.get().prepared(), Set.of()));
    }

    /**
     * What is not there yet may still wait in a queue, and what was repaired needs its time. What was READY once and was never
     * repaired is in no queue.
     */
    private static boolean isOnItsWay(Drift drift, RegisteredDocument registered, Circumstances circumstances) {
        boolean repaired = registered.heals() > 0;
        boolean expected = repaired || drift == Drift.STUCK || drift == Drift.UNREMOVED;
        if (expected && isBusy(registered, circumstances)) {
            return true;
        }
        Duration pause = circumstances
                .stuckAfter()
                .multipliedBy(1L << Math.min(Math.max(0, registered.heals() - 1), MAX_DOUBLINGS));
        return registered
                .healedAt()
                .filter(at -> at.plus(pause).isAfter(circumstances.now()))
                .isPresent();
    }

    private static boolean isBusy(RegisteredDocument registered, Circumstances circumstances) {
        Set<String> queues = QUEUES.getOrDefault(isBeforeChunks(registered) ? Stage.PARSE : Stage.INDEX, Set.of());
        return queues.stream().anyMatch(circumstances.busyQueues()::contains);
    }

    private Outcome giveUp(RegisteredDocument registered) {
        if (registered.state() != DocumentState.DELETED) {
            var _ = drifts.giveUp(
                    registered,
                    new StageFailure(
                            isBeforeChunks(registered) ? Stage.PARSE : Stage.INDEX,
                            "NOT_HEALED",
                            "the version was handed over again %d times and searches still do not find it"
                                    .formatted(registered.heals())));
        }
        return Outcome.GAVE_UP;
    }

    private static boolean isBeforeChunks(RegisteredDocument registered) {
        return registered.state() == DocumentState.RECEIVED || registered.state() == DocumentState.PARSED;
    }
}
