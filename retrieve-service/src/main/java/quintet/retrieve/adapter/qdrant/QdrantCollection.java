package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Collections.VectorParamsDiff;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.ModelRef;

/**
 * Writes one collection by generations. Qdrant has no transactions over points, so each point says from which generation on and
 * up to which one it is seen, a search sees the generation that the manifest names when it begins, and replacing the manifest,
 * which is one point, is the commit. What a crash leaves of a generation that was not committed is taken back before the next
 * one begins. Points that are replaced stay for a while, for the searches that see them still, and are deleted then.
 *
 * <p>One process writes at a time: it holds a {@link Lease}. Methods block the calling thread, one writes at a time.
 */
final class QdrantCollection implements Generation.Passages {
    private static final Logger LOG = Logger.getLogger(QdrantCollection.class);

    private final CollectionName name;
    private final String process;
    private final HeadPoints heads;
    private final Schema schema;
    private final PassagePoints passagePoints;
    private final VectorSettings settings;
    private final Updates headUpdates;
    private final QdrantCalls calls;
    private final int upsertBatch;
    private final Duration leaseTime;
    private final Duration leasePause;
    private final ReplacedPoints replaced;

    /** What was committed last and is all there is; null while something is under way or its outcome is not known. */
    private @Nullable Manifest settled;

    /** What was committed last; null when that is not known. */
    private volatile @Nullable Manifest last;

    private Lease lease = Lease.NOBODY;
    private Schema.@Nullable Place place;
    private long tried;

    QdrantCollection(CollectionName name, QdrantStore store) {
        this.name = name;
        process = store.process();
        calls = store.calls();
        heads = store.heads();
        schema = store.schema();
        passagePoints = store.passagePoints();
        settings = store.settings();
        headUpdates = new Updates(calls, store.names().heads(name));
        upsertBatch = store.config().upsertBatch();
        leaseTime = store.config().lease();
        leasePause = store.config().leasePause();
        replaced = new ReplacedPoints(name, store);
    }

    /** Returns what the collection holds; empty if it does not exist. */
    Optional<Manifest> manifest() {
        Manifest known = last;
        return known != null && known.generation() > 0 ? Optional.of(known) : stored().map(HeadPoints.State::manifest);
    }

    /** Returns what Qdrant says that the collection holds; empty if nothing was ever committed. */
    Optional<HeadPoints.State> stored() {
        return heads.state(name).filter(state -> state.manifest().generation() > 0);
    }

    /** Returns what Qdrant says that the collection holds; empty if nothing was ever committed and no kind chosen. */
    Optional<Manifest> manifestOrKind() {
        return heads.state(name)
                .map(HeadPoints.State::manifest)
                .filter(manifest -> manifest.generation() > 0 || manifest.kind().isPresent());
    }

    /** Makes changes, of one document at most one, in one commit. */
    synchronized List<Change.Outcome> commit(List<Change> changes) {
        try {
            return write(changes);
        } finally {
            last = settled;
        }
    }

    private List<Change.Outcome> write(List<Change> changes) {
        Manifest before = begin();
        Map<String, DocumentHead> known = heads.heads(
                name,
                before.generation(),
                changes.stream().map(change -> change.ref().documentId()).toList());
        // A number is used once: what was cut off must not become part of another generation.
        tried = Math.max(tried, before.generation()) + 1;
        settled = null;
        Generation generation = new Generation(before, tried, known, this, upsertBatch);
        List<Change.Outcome> outcomes = new ArrayList<>();
        for (Change change : changes) {
            outcomes.add(generation.apply(change));
        }
        if (generation.changed().isEmpty()) {
            settled = before;
            return outcomes;
        }
        generation.replace();
        writeHeads(before, generation);
        Manifest after = generation.manifest();
        publish(after);
        replaced.before(after.generation());
        return outcomes;
    }

    private void writeHeads(Manifest before, Generation generation) {
        headUpdates.set(
                Map.of(Payload.UNTIL, ValueFactory.value(tried)),
                Conditions.visible(before.generation())
                        .addMust(Conditions.documents(generation.changed().keySet()))
                        .build());
        List<PointStruct> points = new ArrayList<>();
        generation.changed().forEach((document, head) -> points.add(HeadPoints.point(document, head, tried)));
        headUpdates.upsert(points);
    }

    private void publish(Manifest after) {
        keepLease(Instant.now());
        headUpdates.upsert(List.of(after.toPoint()));
        settled = after;
    }

    /** Chooses how vectors are searched; what is built in is rebuilt by Qdrant. */
    synchronized void choose(IndexKind kind) {
        settings.check(kind);
        try {
            Manifest before = begin();
            settled = null;
            schema.place(name).ifPresent(at -> schema.rebuild(at, settings.building(kind, at.dimension())));
            publish(before.with(kind));
        } finally {
            last = settled;
        }
    }

    /**
     * Returns what is committed, having made sure that nothing else of this collection is under way.
     *
     * @throws Failure UNAVAILABLE with reason INDEX_LOCKED while another process may write
     */
    private Manifest begin() {
        Instant now = Instant.now();
        if (settled != null) {
            Optional<HeadPoints.State> state = heads.state(name);
            if (state.isPresent()
                    && state.get().manifest().equals(settled)
                    && state.get().lease().isHeldBy(process, now)) {
                keepLease(now);
                return settled;
            }
            settled = null;
        }
        return takeOver(now);
    }

    private Manifest takeOver(Instant now) {
        Optional<HeadPoints.State> state = heads.state(name);
        if (state.isEmpty() || state.get().manifest().generation() == 0) {
            schema.createHeads(name);
        }
        Lease held = state.map(HeadPoints.State::lease).orElse(Lease.NOBODY);
        if (held.isHeldByAnother(process, now)) {
            throw locked(held);
        }
        // What is still queued of this collection comes before this write: what is read next is the last word.
        takeLease(now);
        if (!held.holder().equals(process)) {
            pause();
        }
        HeadPoints.State taken = heads.state(name).orElseThrow(() -> locked(held));
        if (!taken.lease().holder().equals(process)) {
            throw locked(taken.lease());
        }
        place = schema.place(name).orElse(null);
        takeBack(taken.manifest().generation());
        replaced.before(taken.manifest().generation());
        settled = taken.manifest();
        return settled;
    }

    /** Two processes that find the lease free write it both; after a pause both see whose it is. */
    private void pause() {
        try {
            Thread.sleep(leasePause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    /** Renews the lease before it ends; one that has ended may be another's by now. */
    private void keepLease(Instant now) {
        if (!lease.isHeldBy(process, now)) {
            throw Failure.unavailable("INDEX_LOCKED", "a write took longer than the lease of " + leaseTime, null);
        }
        if (lease.until().isBefore(now.plus(leaseTime.dividedBy(2)))) {
            takeLease(now);
        }
    }

    private void takeLease(Instant now) {
        Lease mine = new Lease(process, now.plus(leaseTime));
        headUpdates.upsert(List.of(mine.toPoint()));
        lease = mine;
    }

    private Failure locked(Lease other) {
        return Failure.unavailable(
                "INDEX_LOCKED",
                "collection '%s' is being written by another process, until %s at least".formatted(name, other.until()),
                null);
    }

    /** Takes back what was written and not committed. */
    private void takeBack(long generation) {
        Filter begun = Filter.newBuilder()
                .addMust(Conditions.above(Payload.FROM, generation))
                .build();
        Filter ended = Filter.newBuilder()
                .addMust(Conditions.above(Payload.UNTIL, generation))
                .build();
        if (place != null) {
            Updates passages = new Updates(calls, place.physical());
            passages.delete(begun);
            passages.clear(Payload.UNTIL, ended);
        }
        headUpdates.delete(begun);
        headUpdates.clear(Payload.UNTIL, ended);
    }

    /** Takes note that there may be something to purge, left behind by another process. */
    void purgeLater() {
        stored().ifPresent(state -> replaced.before(state.manifest().generation()));
    }

    /** Returns the passages that searches find, as far as this process knows. */
    long passageCount() {
        Manifest known = last;
        return known == null ? 0 : known.passages();
    }

    /** Deletes for good what was replaced longer ago than any search may last. */
    void purge() {
        replaced.purge();
    }

    /** Lets another process write at once. */
    synchronized void close() {
        if (lease.isHeldBy(process, Instant.now())) {
            try {
                headUpdates.upsert(List.of(new Lease(process, Instant.EPOCH).toPoint()));
            } catch (Failure e) {
                LOG.infof("the lease of collection %s ends by itself at %s: %s", name, lease.until(), e.getMessage());
            }
        }
    }

    @Override
    public void makeRoom(ModelRef model, Manifest before) {
        if (place != null && place.dimension() == model.dimension()) {
            return;
        }
        if (place != null && before.passages() > 0) {
            throw Failure.unavailable(
                    "INDEX_UNWRITABLE", "vectors of another dimension have to wait for the next commit", null);
        }
        IndexKind kind = before.kind().orElse(settings.configured());
        VectorParamsDiff building = settings.building(kind, model.dimension());
        place = schema.createPassages(name, model.dimension(), building);
        if (before.kind().isPresent()) {
            schema.rebuild(place, building);
        }
    }

    @Override
    public List<PointStruct> points(DocumentPart part, List<EmbeddedPassage> passages, long generation) {
        return passages.stream()
                .map(each -> passagePoints.point(part, each, generation))
                .toList();
    }

    @Override
    public void upsert(List<PointStruct> points) {
        Schema.Place at = there();
        keepLease(Instant.now());
        points.forEach(point ->
                FilterPayload.comparedBySize(point.getPayloadMap()).forEach(path -> schema.indexField(at, path)));
        new Updates(calls, at.physical()).upsert(points);
    }

    @Override
    public void replace(Set<String> documents, Manifest before, long generation) {
        new Updates(calls, there().physical())
                .set(
                        Map.of(Payload.UNTIL, ValueFactory.value(generation)),
                        Conditions.visible(before.generation())
                                .addMust(Conditions.documents(documents))
                                .build());
    }

    @Override
    public void delete(Filter filter) {
        new Updates(calls, there().physical()).delete(filter);
    }

    private Schema.Place there() {
        if (place == null) {
            throw Failure.unavailable(
                    "INDEX_UNREADABLE", "the passages of collection '%s' are gone".formatted(name), null);
        }
        return place;
    }
}
