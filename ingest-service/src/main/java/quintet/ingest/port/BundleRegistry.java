package quintet.ingest.port;

import java.util.List;
import java.util.function.Consumer;
import quintet.failure.Failure;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.VectorModel;

/**
 * Takes documents of bundles into the registry, each in one transaction with the events that hand it to the index. Blocking.
 * Fails with {@link Failure.Kind#UNAVAILABLE} if the database does not answer.
 */
public interface BundleRegistry {
    /** What became of a document. */
    enum Outcome {
        /** It is a new version, on its way into the index. */
        IMPORTED,
        /** A document with the same bytes and attributes is there, and was left as it is. */
        UNCHANGED,
        /** It is an alias of a document that does not answer for its text here. */
        NO_ORIGINAL
    }

    /**
     * Takes a document with its chunks and vectors. It becomes the newest version of the document of this id, also of a deleted one.
     *
     * @param fingerprint what de-duplication goes by
     */
    Outcome put(DocumentKey key, Whole document, Fingerprint fingerprint);

    /** Takes an alias, if the document that answered for it where it comes from does so here too. */
    Outcome putAlias(DocumentKey key, BundledDocument alias);

    /** A document with all that belongs to it. */
    interface Whole {
        /** Returns what is known of it. */
        BundledDocument document();

        /** Returns its cleaned text. */
        String text();

        /** Returns the model of its vectors. */
        VectorModel model();

        /** Hands over its chunks, a part of the version at a time; can be called again. */
        void parts(Consumer<List<EmbeddedChunk>> part);

        /** Returns the number of parts. */
        int partCount();
    }
}
