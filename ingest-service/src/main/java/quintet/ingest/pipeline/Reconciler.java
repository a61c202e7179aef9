package quintet.ingest.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Drift;
import quintet.ingest.model.GenerationName;
import quintet.ingest.model.IndexedDocument;
import quintet.ingest.model.ReconcileReport;
import quintet.ingest.model.ReconcileReport.CollectionReport;
import quintet.ingest.model.ReconcileReport.Finding;
import quintet.ingest.model.ReconcileReport.Outcome;
import quintet.ingest.model.RegisteredDocument;
import quintet.ingest.pipeline.Healer.Circumstances;
import quintet.ingest.port.DriftRegistry;
import quintet.ingest.port.IndexInventory;
import quintet.ingest.port.QueueDepths;

/**
 * Compares the registry with the index, document by document, and repairs what has drifted apart: regularly and on demand,
 * one comparison at a time. Both sides are read in pages by rising id, so memory does not grow with the collection. Blocking.
 */
@ApplicationScoped
public class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final int JITTER_MS = 60_000;

    private final DriftRegistry registry;
    private final IndexInventory index;
    private final QueueDepths queues;
    private final Healer healer;
    private final OutboxDispatcher outbox;
    private final MeterRegistry meters;
    private final ReconcileConfig config;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean stopping;

    Reconciler(
            DriftRegistry registry,
            IndexInventory index,
            QueueDepths queues,
            Healer healer,
            OutboxDispatcher outbox,
            MeterRegistry meters,
            ReconcileConfig config) {
        this.registry = registry;
        this.index = index;
        this.queues = queues;
        this.healer = healer;
        this.outbox = outbox;
        this.meters = meters;
        this.config = config;
    }

    /**
     * What a comparison looks at.
     *
     * @param collection only this one; absent for all
     * @param grace time in which a document that has just changed is left alone; absent for the configured one
     * @param stuckAfter time after which a document on its way counts as stuck; absent for the configured one
     * @param buryUnknown whether to delete from the index the documents of a collection that the registry has never heard of;
     *     not by itself, because a registry that was lost, or is another one, has heard of none
     */
    public record Scope(
            Optional<String> collection, Optional<Duration> grace, Optional<Duration> stuckAfter, boolean buryUnknown) {
        /** Everything, as configured. */
        public static final Scope ALL = new Scope(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    @Scheduled(every = "${quintet.ingest.reconcile.every:10m}", delayed = "2m")
    @RunOnVirtualThread
    void reconcileRegularly() throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(JITTER_MS));
        try {
            var _ = reconcile(Scope.ALL);
        } catch (Failure failure) {
            LOG.warnf("registry and index not compared, reason=%s: %s", failure.reason(), failure.message());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /**
     * Compares and repairs.
     *
     * @throws Failure OVERLOADED with reason RECONCILE_RUNNING; NOT_FOUND if neither side has the collection; UNAVAILABLE if
     *     registry, index or broker do not answer at all
     */
    public ReconcileReport reconcile(Scope scope) {
        if (!running.tryLock()) {
            throw Failure.overloaded("RECONCILE_RUNNING", "registry and index are being compared already", RETRY_AFTER);
        }
        try {
            ReconcileReport report = run(scope);
            long findings = report.collections().stream()
                    .mapToLong(CollectionReport::findings)
                    .sum();
            LOG.infof(
                    "registry and index compared, collections=%d findings=%d took=%d ms",
                    report.collections().size(), findings, report.took().toMillis());
            return report;
        } finally {
            running.unlock();
        }
    }

    private ReconcileReport run(Scope scope) {
        Instant now = Instant.now();
        registry.sweep();
        Set<String> watched =
                Healer.QUEUES.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        Circumstances circumstances =
                new Circumstances(queues.busy(watched), scope.stuckAfter().orElse(config.stuckAfter()), now);
        Set<String> registered = new HashSet<>(registry.collections());
        Set<String> collections = new TreeSet<>(registered);
        collections.addAll(index.collections());
        scope.collection().ifPresent(only -> {
            collections.removeIf(name -> !GenerationName.base(name).equals(GenerationName.base(only)));
            if (collections.isEmpty()) {
                throw Failure.notFound(
                        "COLLECTION_NOT_FOUND", "neither registry nor index has a collection '%s'", only);
            }
        });
        List<Finding> findings = new ArrayList<>();
        List<CollectionReport> reports = new ArrayList<>();
        for (String collection : collections) {
            boolean bury = scope.buryUnknown() || registered.contains(collection);
            reports.add(
                    new Pass(collection, bury, scope.grace().orElse(config.grace()), circumstances, findings).run());
        }
        return new ReconcileReport(now, Duration.between(now, Instant.now()), reports, findings);
    }

    /** The comparison of one collection. */
    private final class Pass {
        private final String collection;
        private final boolean bury;
        private final Duration grace;
        private final Circumstances circumstances;
        private final List<Finding> findings;
        private long found;
        private long healed;

        Pass(String collection, boolean bury, Duration grace, Circumstances circumstances, List<Finding> findings) {
            this.collection = collection;
            this.bury = bury;
            this.grace = grace;
            this.circumstances = circumstances;
            this.findings = findings;
        }

        /** A collection whose index can not be read is left alone: what is unknown is not missing. */
        CollectionReport run() {
            Pages<IndexedDocument> indexed = null;
            Pages<RegisteredDocument> registered = null;
            Optional<String> problem = Optional.empty();
            try {
                indexed = new Pages<>(
                        after -> index.page(collection, after, config.page()),
                        IndexedDocument::documentId,
                        config.page());
                registered = new Pages<>(
                        after -> registry.page(collection, after, config.page()),
                        document -> document.ref().key().documentId(),
                        config.page());
                compare(registered, indexed);
            } catch (RuntimeException e) {
                Failure failure = Failure.of(e);
                LOG.warnf(e, "collection not compared, collection=%s reason=%s", collection, failure.reason());
                problem = Optional.of(failure.reason());
            }
            if (healed > 0) {
                outbox.wake();
            }
            return new CollectionReport(
                    collection,
                    registered == null ? 0 : registered.count(),
                    indexed == null ? 0 : indexed.count(),
                    found,
                    healed,
                    problem);
        }

        private void compare(Pages<RegisteredDocument> registered, Pages<IndexedDocument> indexed) {
            for (String id = Pages.lower(registered, indexed); id != null; id = Pages.lower(registered, indexed)) {
                if (stopping) {
                    throw Failure.unavailable("STOPPING", "the service is stopping", null);
                }
                RegisteredDocument here = registered.take(id);
                IndexedDocument there = indexed.take(id);
                Optional<Drift> drift =
                        Drift.between(here, there, grace, circumstances.stuckAfter(), circumstances.now());
                if (drift.isPresent()) {
                    note(drift.get(), here, there);
                }
            }
        }

        private void note(Drift drift, @Nullable RegisteredDocument here, @Nullable IndexedDocument there) {
            Outcome outcome = drift == Drift.UNKNOWN && !bury
                    ? Outcome.REPORTED
                    : healer.heal(drift, here, there, collection, circumstances);
            DocumentRef ref;
            if (here != null) {
                ref = here.ref();
            } else if (there != null) {
                ref = DocumentRef.of(collection, there.documentId(), there.version());
            } else {
                return;
            }
            found++;
            healed += outcome == Outcome.HEALED ? 1 : 0;
            meters.counter("quintet.ingest.reconcile.findings", "drift", drift.name(), "outcome", outcome.name())
                    .increment();
            LOG.infof(
                    "registry and index disagree, collection=%s documentId=%s version=%d drift=%s outcome=%s",
                    collection, ref.key().documentId(), ref.version(), drift, outcome);
            if (findings.size() < ReconcileReport.MAX_FINDINGS) {
                findings.add(new Finding(ref, drift, outcome));
            }
        }
    }
}
