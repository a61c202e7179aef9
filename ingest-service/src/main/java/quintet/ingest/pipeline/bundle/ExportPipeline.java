package quintet.ingest.pipeline.bundle;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.BundleManifest;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentPage;
import quintet.ingest.port.BundleFormat;
import quintet.ingest.port.CollectionRegistry;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.IndexVectors;

/**
 * Writes a collection as a bundle: {@link #begin} looks at it and {@link Export#writeTo} goes through it. Every document is in the
 * bundle once, whole, in one version. Blocking: call it on a virtual thread.
 */
@ApplicationScoped
public class ExportPipeline {
    private static final Logger LOG = Logger.getLogger(ExportPipeline.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private static final int PAGE = 200;

    private final CollectionRegistry collections;
    private final DocumentRegistry registry;
    private final IndexVectors index;
    private final BundleFormat format;
    private final DocumentSource source;
    private final Duration wait;
    private final int maxExports;
    private final Semaphore slots;

    ExportPipeline(
            CollectionRegistry collections,
            DocumentRegistry registry,
            IndexVectors index,
            BundleFormat format,
            DocumentSource source,
            BundleConfig config) {
        this.collections = collections;
        this.registry = registry;
        this.index = index;
        this.format = format;
        this.source = source;
        wait = config.exportWait();
        maxExports = config.maxExports();
        slots = new Semaphore(maxExports);
    }

    /**
     * Looks at a collection that is to be exported.
     *
     * @param originals whether the original bytes come along
     * @throws Failure NOT_FOUND, reason COLLECTION_NOT_FOUND; UNAVAILABLE if registry or index do not answer
     */
    public Export begin(String collection, boolean originals) {
        CollectionOverview overview = collections
                .find(collection)
                .orElseThrow(() -> Failure.notFound(
                        "COLLECTION_NOT_FOUND", "there is no collection '%s'", DocumentKey.shown(collection)));
        String live = overview.name();
        return new Export(
                live,
                new BundleManifest(
                        DocumentKey.shown(live),
                        Instant.now(),
                        index.model(live).orElse(null),
                        overview.settings()),
                originals);
    }

    /** An export that can be written, once. */
    public final class Export {
        private final String collection;
        private final BundleManifest manifest;
        private final boolean originals;

        private Export(String collection, BundleManifest manifest, boolean originals) {
            this.collection = collection;
            this.manifest = manifest;
            this.originals = originals;
        }

        /**
         * Writes the bundle. If that fails in the middle, its last line says why, and nobody takes it for whole.
         *
         * @throws Failure OVERLOADED, reason EXPORT_RUNNING, before anything is written
         * @throws IOException if the reader has left
         */
        public void writeTo(OutputStream out) throws IOException {
            if (!slots.tryAcquire()) {
                throw Failure.overloaded(
                        "EXPORT_RUNNING", "%d exports are running, the limit".formatted(maxExports), RETRY_AFTER);
            }
            try (BundleFormat.Writing bundle = format.write(out, manifest)) {
                write(bundle, new ExportRun(source, bundle, collection, manifest.model(), originals));
            } finally {
                slots.release();
            }
        }
    }

    private void write(BundleFormat.Writing bundle, ExportRun run) throws IOException {
        try {
            write(run);
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            LOG.warnf(
                    failure.kind() == Failure.Kind.INTERNAL ? e : null,
                    "export broke off, collection=%s reason=%s: %s",
                    run.collection(),
                    failure.reason(),
                    failure.message());
            bundle.fail(failure.reason(), failure.message());
        }
    }

    private void write(ExportRun run) throws IOException {
        String collection = run.collection();
        @Nullable String after = null;
        do {
            Optional<DocumentPage> page = registry.list(collection, null, PAGE, after);
            if (page.isEmpty()) {
                break;
            }
            for (Document document : page.get().documents()) {
                run.take(document);
            }
            after = page.get().nextAfter();
        } while (after != null);
        run.finish(registry::find, Instant.now().plus(wait));
        LOG.infof("collection exported, collection=%s %s", collection, run);
    }
}
