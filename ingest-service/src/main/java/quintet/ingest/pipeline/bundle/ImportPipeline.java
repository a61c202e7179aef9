package quintet.ingest.pipeline.bundle;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.BundleManifest;
import quintet.ingest.model.BundleSummary;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.VectorModel;
import quintet.ingest.pipeline.Admission;
import quintet.ingest.pipeline.LimitsConfig;
import quintet.ingest.port.BundleFormat;
import quintet.ingest.port.CollectionRegistry;
import quintet.ingest.port.CurrentModel;
import quintet.ingest.port.IndexVectors;

/**
 * Takes a bundle in: {@link #receive} stores and checks all of it, and {@link Import#run} hands its documents to the index with the
 * vectors that they come with. Nothing is written before all is checked, and each document is then one transaction, so that an import that
 * was cut off is simply done again. Blocking: call it on a virtual thread.
 */
@ApplicationScoped
public class ImportPipeline {
    private static final Logger LOG = Logger.getLogger(ImportPipeline.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Admission admission;
    private final BundleFormat format;
    private final CollectionRegistry collections;
    private final CurrentModel currentModel;
    private final IndexVectors index;
    private final DocumentSink sink;
    private final long maxBytes;
    private final long maxFileBytes;
    private final Semaphore slot = new Semaphore(1);

    ImportPipeline(
            Admission admission,
            BundleFormat format,
            CollectionRegistry collections,
            CurrentModel currentModel,
            IndexVectors index,
            DocumentSink sink,
            BundleConfig config,
            LimitsConfig limits) {
        this.admission = admission;
        this.format = format;
        this.collections = collections;
        this.currentModel = currentModel;
        this.index = index;
        this.sink = sink;
        maxBytes = config.maxSize().asLongValue();
        maxFileBytes = limits.maxFile().asLongValue();
    }

    /** Returns the size of the largest bundle in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * Fails as {@link #receive} would if a bundle came now. Does not block.
     *
     * @param bytes its size; 0 if that is not known
     */
    public void requireRoom(long bytes) {
        if (bytes > maxBytes) {
            throw Failure.invalidInput("BUNDLE_TOO_LARGE", "the bundle has %d bytes, the limit is %d", bytes, maxBytes);
        }
        admission.require();
        if (slot.availablePermits() == 0) {
            throw running();
        }
    }

    private static Failure running() {
        return Failure.overloaded("IMPORT_RUNNING", "another import is running, one at a time", RETRY_AFTER);
    }

    /**
     * Stores a bundle and checks it.
     *
     * @param collection that it is for
     * @return what the caller has to close
     * @throws Failure INVALID_INPUT for what is no sound bundle; CONFLICT, reason MODEL_MISMATCH; OVERLOADED, reason IMPORT_RUNNING
     *     and those of uploads
     * @throws IOException if the sender breaks off
     */
    public Import receive(String collection, InputStream body) throws IOException {
        admission.require();
        if (!slot.tryAcquire()) {
            throw running();
        }
        BundleFormat.@Nullable Received bundle = null;
        try {
            bundle = format.receive(body, maxBytes);
            return new Import(collection, bundle, check(collection, bundle));
        } catch (IOException | RuntimeException e) {
            if (bundle != null) {
                bundle.close();
            }
            slot.release();
            throw e;
        }
    }

    /** Reads all of a bundle; asks about its model before. */
    private Checked check(String collection, BundleFormat.Received bundle) {
        try (BundleFormat.Reading reading = bundle.read()) {
            BundleManifest manifest = reading.manifest();
            if (manifest.model() != null) {
                requireModel(collection, manifest.model());
            }
            // Reading is checking.
            Optional<BundledDocument> document = reading.next();
            while (document.isPresent()) {
                requireSize(document.get());
                document = reading.next();
            }
            return new Checked(manifest, reading.summary());
        }
    }

    private void requireSize(BundledDocument document) {
        if (document.hasOriginal() && document.blob().sizeBytes() > maxFileBytes) {
            throw Failure.invalidInput(
                    "FILE_TOO_LARGE",
                    "the original of document '%s' has %d bytes, the limit is %d: export without originals",
                    document.documentId(),
                    document.blob().sizeBytes(),
                    maxFileBytes);
        }
    }

    private void requireModel(String collection, VectorModel model) {
        VectorModel current = currentModel.get();
        if (!current.equals(model)) {
            throw Failure.conflict(
                    "MODEL_MISMATCH",
                    "the bundle's vectors are of %s, but this installation embeds with %s: import it where that model"
                            + " is, or put the documents themselves",
                    model,
                    current);
        }
        String live = collections.find(collection).map(CollectionOverview::name).orElse(collection);
        index.model(live).filter(own -> !own.equals(model)).ifPresent(own -> {
            throw Failure.conflict(
                    "MODEL_MISMATCH",
                    "the bundle's vectors are of %s, but collection '%s' has vectors of %s: import it into another"
                            + " collection",
                    model,
                    DocumentKey.shown(collection),
                    own);
        });
    }

    private record Checked(BundleManifest manifest, BundleSummary summary) {}

    /** Is told of progress after each document. */
    @FunctionalInterface
    public interface Listener {
        /** Takes note of it; fails if nobody listens any more, which ends the import. */
        void progressed(ImportReport report) throws IOException;
    }

    /** A bundle that is checked. */
    public final class Import implements AutoCloseable {
        private final String collection;
        private final BundleFormat.Received bundle;
        private final Checked checked;

        private Import(String collection, BundleFormat.Received bundle, Checked checked) {
            this.collection = collection;
            this.bundle = bundle;
            this.checked = checked;
        }

        /**
         * Takes the documents in, one after the other. A collection that is new gets the settings of the bundle.
         *
         * @return what became of them; the index hears of them through the outbox
         */
        public ImportReport run(Listener listener) throws IOException {
            if (collections.find(collection).isEmpty()) {
                boolean _ = collections.put(collection, checked.manifest().settings());
            }
            ImportReport report;
            try (BundleFormat.Reading reading = bundle.read()) {
                report = sink.take(collection, checked.summary(), reading, listener);
            }
            LOG.infof(
                    "bundle imported, collection=%s from=%s imported=%d unchanged=%d aliasesLeftOut=%d chunks=%d",
                    collection,
                    checked.manifest().collection(),
                    report.imported(),
                    report.unchanged(),
                    report.aliasesLeftOut(),
                    report.chunks());
            return report;
        }

        @Override
        public void close() {
            bundle.close();
            slot.release();
        }
    }
}
