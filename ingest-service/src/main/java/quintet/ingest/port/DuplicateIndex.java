package quintet.ingest.port;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import quintet.failure.Failure;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.model.DuplicateKind;
import quintet.ingest.model.Findings;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.MinHashSignature;
import quintet.ingest.port.VersionProgress.Prepared;

/**
 * Which documents stand for their text, the originals, and which are aliases of one. An original's passages are searched or
 * on their way; an alias has none of its own, and is READY when its original answers. Blocking. Fails with
 * {@link Failure.Kind#UNAVAILABLE} if the database does not answer.
 *
 * <p>An alias takes over, as a new version of itself that is processed from the start, as soon as its original can no longer
 * answer for it: deleted, failed, or become other text. {@link DocumentRegistry} sees to that in the transaction of the step
 * that causes it.
 */
public interface DuplicateIndex {
    /** Looks among the originals that a version may be compared with. */
    <T> T look(DocumentRef ref, String scope, Function<Originals, T> look);

    /**
     * Returns the oldest original of a scope that has the bytes of a document, told of by the caller in the same way: reading them again
     * would find the same. Absent while none is cut yet.
     */
    Optional<Twin> twin(Document document, String scope);

    /**
     * Decides what a version is: an alias of what {@code rule} finds, else an original. Deciding again comes to the same or a
     * better informed end. Of two versions that are alike and decided on at once, one sees the other.
     *
     * @param all whether the rule looks at more than equal texts; decisions of a collection then follow one another
     * @param rule may be called several times
     */
    Decision decide(
            DocumentRef ref,
            Prepared prepared,
            Fingerprint fingerprint,
            boolean all,
            Function<Originals, Optional<Match>> rule);

    /** What a version is. */
    sealed interface Decision {
        /** It stands for its text. */
        record Original() implements Decision {}

        /**
         * Another document answers for it.
         *
         * @param match that document
         */
        record Alias(Match match) implements Decision {}

        /** It is done, or no longer the newest. */
        record Over() implements Decision {}
    }

    /**
     * An original that is like a version.
     *
     * @param original the document and the version that its text is of
     * @param kind what they have in common
     * @param score similarity, 0 to 1
     */
    record Match(DocumentRef original, DuplicateKind kind, double score) {}

    /**
     * What is known of an original that has a document's bytes.
     *
     * @param found what the parser found, with the title of the document where the original's is its file name
     * @param textSha256 hash of its normal text
     */
    record Twin(Findings found, String textSha256) {}

    /**
     * An original with a signature.
     *
     * @param ref the document and the version that its text is of
     * @param signature of its words
     */
    record Signed(DocumentRef ref, MinHashSignature signature) {}

    /** The originals of one collection and scope, without the document itself. */
    interface Originals {
        /** Returns the oldest with the same normal text. */
        Optional<DocumentRef> ofText(String textSha256);

        /** Returns those that share a bucket, at most {@code limit}, by rising id. */
        List<Signed> sharingABucket(Fingerprint.Sketch sketch, int limit);

        /** Returns the cleaned text, if it is there. */
        Optional<String> text(DocumentRef ref);

        /** Hands over the vectors of one model, at most {@code limit}, the newest documents first. */
        void vectors(String model, int limit, BiConsumer<DocumentRef, DocumentVector> visitor);
    }
}
