package quintet.retrieve.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.ArrivedPart;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.IndexedDocument;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.EventPublisher;
import quintet.retrieve.port.ModelMismatch;
import quintet.retrieve.port.PartStaging;
import quintet.retrieve.port.PassageVectors;
import quintet.retrieve.port.PassageWriter;

/**
 * Brings document versions into the index. Of a version in several parts each waits in {@link PartStaging} until all are there;
 * then one commit puts the version in place of every older one. Blocking, for virtual threads.
 *
 * <p>Each method returns once its result is durable and its event confirmed, so that the message behind it can be acked. The
 * order is always: durable, then the event, then the ack. A crash between any two steps leaves a message that is delivered
 * again, and a message that comes late or twice is answered with the event of what the index holds, so that the registry
 * converges whatever was lost.
 */
@ApplicationScoped
public class IndexPipeline {
    private static final Logger LOG = Logger.getLogger(IndexPipeline.class);

    private final PassageWriter index;
    private final PassageVectors vectors;
    private final PartStaging staging;
    private final EventPublisher events;
    private final Counter reused;
    private final Counter missed;
    private final DocumentLocks locks = new DocumentLocks();

    IndexPipeline(
            PassageWriter index,
            PassageVectors vectors,
            PartStaging staging,
            EventPublisher events,
            MeterRegistry metrics) {
        this.index = index;
        this.vectors = vectors;
        this.staging = staging;
        this.events = events;
        metrics.gauge("quintet.retrieve.staged.parts", staging, PartStaging::depth);
        reused = metrics.counter("quintet.retrieve.vectors.reused", "outcome", "found");
        missed = metrics.counter("quintet.retrieve.vectors.reused", "outcome", "missing");
    }

    /**
     * Takes a part of which some passages come without a vector, since the index has it. They get it before the part is
     * staged, so that it does not matter what becomes of the older versions afterwards. If one is not there, because the index
     * was lost or another version got in between, nothing is kept, and the part comes again with every vector.
     *
     * @throws Failure as {@link #add(DocumentPart)}
     */
    public void add(ArrivedPart arrived) {
        VersionRef ref = arrived.ref();
        DocumentPart embedded = arrived.embedded();
        Optional<DocumentHead> head = locks.with(ref, () -> known(ref));
        if (head.isPresent()) {
            tell(ref, head.get(), embedded.model());
            return;
        }
        requireModel(embedded);
        Set<VectorKey> needed = arrived.needed();
        Map<VectorKey, UnitVector> found = needed.isEmpty() ? Map.of() : vectors.find(ref, embedded.model(), needed);
        Optional<DocumentPart> whole = arrived.completed(found);
        if (whole.isPresent()) {
            add(whole.get());
            reused.increment(arrived.unchanged().size());
        } else {
            int missing = needed.size() - found.size();
            LOG.infof(
                    "%d vectors of %s are not in the index, part %d is embedded again", missing, ref, embedded.part());
            events.vectorsMissing(ref, embedded.part(), missing);
            missed.increment(missing);
        }
    }

    /**
     * Takes a part; the last one makes its version searchable.
     *
     * @throws Failure INVALID_INPUT, reason MODEL_MISMATCH, PARTS_CONTRADICT or STAGED_PART_DAMAGED; OVERLOADED or
     *     UNAVAILABLE when a later attempt may succeed
     */
    public void add(DocumentPart part) {
        VersionRef ref = part.ref();
        Optional<DocumentHead> head = locks.with(ref, () -> {
            Optional<DocumentHead> known = known(ref);
            if (known.isPresent()) {
                return known;
            }
            requireModel(part);
            if (part.partCount() == 1) {
                // Whole as it came: until it is committed the message itself keeps it.
                return Optional.of(put(ref, List.of(part)));
            }
            staging.stage(part);
            return putIfWhole(ref);
        });
        if (head.isPresent()) {
            tell(ref, head.get(), part.model());
        } else {
            events.chunksStaged(part);
        }
    }

    /**
     * Removes a document, up to the version of the deletion.
     *
     * @throws Failure OVERLOADED or UNAVAILABLE when a later attempt may succeed
     */
    public void remove(VersionRef ref) {
        locks.run(ref, () -> {
            var _ = index.remove(ref);
            staging.discard(ref);
        });
        events.documentRemoved(ref);
    }

    /**
     * Takes no more of a version, nor of any before it that is not searchable yet; the one that is goes on answering. Where
     * the version is searchable already, the registry is told.
     *
     * @throws Failure OVERLOADED or UNAVAILABLE when a later attempt may succeed
     */
    public void refuse(VersionRef ref) {
        DocumentHead head = locks.with(ref, () -> {
            DocumentHead after = index.refuse(ref);
            staging.discard(ref);
            return after;
        });
        if (!head.deleted() && head.version() >= ref.version()) {
            index.model(ref.collection()).ifPresent(model -> tell(ref, head, model));
        }
    }

    /** Counts what there is of a document; fails with UNAVAILABLE if the index or the parts can not be read. */
    public IndexedDocument look(CollectionName collection, String documentId) {
        return new IndexedDocument(
                index.head(collection, documentId),
                index.passageCount(collection, documentId),
                staging.depth(collection, documentId));
    }

    /** Gives a version up: its parts are forgotten if they can never become whole, and the registry is told why. */
    public void giveUp(VersionRef ref, Failure why) {
        try {
            if (!why.kind().retryable()) {
                locks.run(ref, () -> staging.discard(ref));
            }
            events.stageFailed(ref, why);
        } catch (RuntimeException e) {
            LOG.errorf(e, "failure of %s could not be told, reason=%s", ref, why.reason());
        }
    }

    /**
     * Finishes what is staged and whole, and forgets what is superseded: parts whose message was acked although their work
     * was cut off, which a broker connection that breaks at the wrong moment can cause.
     */
    public void sweep() {
        for (VersionRef ref : staging.staged()) {
            try {
                Optional<DocumentHead> head = locks.with(ref, () -> {
                    Optional<DocumentHead> known = known(ref);
                    return known.isPresent() ? known : putIfWhole(ref);
                });
                head.ifPresent(done -> index.model(ref.collection()).ifPresent(model -> tell(ref, done, model)));
            } catch (RuntimeException e) {
                Failure failure = Failure.of(e);
                LOG.warnf("staged %s stays unfinished, reason=%s: %s", ref, failure.reason(), failure.message());
                if (!failure.kind().retryable()) {
                    giveUp(ref, failure);
                }
            }
        }
    }

    /** Returns the head of a document that is at this version or beyond it, or refuses it, and forgets the parts it makes useless. */
    private Optional<DocumentHead> known(VersionRef ref) {
        Optional<DocumentHead> head =
                index.head(ref.collection(), ref.documentId()).filter(known -> known.covers(ref.version()));
        head.ifPresent(known -> staging.discard(ref));
        return head;
    }

    private Optional<DocumentHead> putIfWhole(VersionRef ref) {
        return staging.whole(ref).map(parts -> put(ref, parts));
    }

    private DocumentHead put(VersionRef ref, Iterable<DocumentPart> parts) {
        DocumentHead head = index.put(ref, parts);
        staging.discard(ref);
        return head;
    }

    private void requireModel(DocumentPart part) {
        index.model(part.ref().collection())
                .filter(model -> !model.equals(part.model()))
                .ifPresent(model -> {
                    throw ModelMismatch.refused(part.ref(), model, part.model());
                });
    }

    private void tell(VersionRef ref, DocumentHead head, ModelRef model) {
        VersionRef current = new VersionRef(ref.collection(), ref.documentId(), head.version());
        if (head.deleted()) {
            events.documentRemoved(current);
        } else {
            events.documentIndexed(current, head, index.model(ref.collection()).orElse(model));
        }
    }
}
