package quintet.ingest.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.BundleManifest;
import quintet.ingest.model.BundleSummary;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.EmbeddedChunk;

/**
 * Bundles: a collection as one file. Blocking, for one thread each. What is read is checked: fails with
 * {@link Failure.Kind#INVALID_INPUT} and reason NOT_A_BUNDLE, BUNDLE_VERSION, BUNDLE_DAMAGED or BUNDLE_TOO_LARGE. Fails with
 * {@link Failure.Kind#UNAVAILABLE} if there is no room for temporary files.
 */
public interface BundleFormat {
    /** Begins a bundle. {@code out} is not closed. */
    Writing write(OutputStream out, BundleManifest manifest) throws IOException;

    /**
     * Stores a bundle as it comes; it is gone when it is closed, or when the service starts again.
     *
     * @param maxBytes most bytes to take
     * @throws IOException if the sender breaks off
     */
    Received receive(InputStream body, long maxBytes) throws IOException;

    /** A bundle that is being written. */
    interface Writing extends AutoCloseable {
        /**
         * Appends a document, whole or, if {@code chunks} fails, not at all.
         *
         * @param original file with its original bytes; absent where they stay behind
         * @param text its cleaned text; empty for an alias
         * @param chunks batches of its chunks by rising ordinal
         */
        void put(BundledDocument document, @Nullable Path original, String text, Iterable<List<EmbeddedChunk>> chunks)
                throws IOException;

        /** Says in the place of an end why there is none: nobody takes the bundle for whole. */
        void fail(String reason, String detail) throws IOException;

        /** Ends the bundle; without that it is damaged. */
        void end(BundleSummary.LeftOut leftOut) throws IOException;

        @Override
        void close();
    }

    /** A bundle that was stored. It can be read any number of times. */
    interface Received extends AutoCloseable {
        /** Begins to read it. */
        Reading read();

        @Override
        void close();
    }

    /** A bundle that is being read from its beginning. */
    interface Reading extends AutoCloseable {
        /** Returns what the bundle says about itself. */
        BundleManifest manifest();

        /** Goes on to the next document; what was not read of the one before is checked too. Empty at the end. */
        Optional<BundledDocument> next();

        /** Returns the original bytes of the document; only before its {@link #text} and only if it has them. */
        InputStream original();

        /** Returns the cleaned text of the document; empty for an alias. */
        String text();

        /**
         * Hands over the chunks of the document by rising ordinal; can be called again.
         *
         * @param batch chunks handed over at once, but for the last ones
         */
        void chunks(int batch, Consumer<List<EmbeddedChunk>> consumer);

        /** Returns what was in it; only at the end. */
        BundleSummary summary();

        @Override
        void close();
    }
}
