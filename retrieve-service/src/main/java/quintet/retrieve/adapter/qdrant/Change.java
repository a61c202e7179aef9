package quintet.retrieve.adapter.qdrant;

import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.VersionRef;

/** One write that waits for a commit. */
sealed interface Change {
    VersionRef ref();

    /** A whole version. */
    record Put(VersionRef ref, Iterable<DocumentPart> parts) implements Change {}

    /** A deletion. */
    record Remove(VersionRef ref) implements Change {}

    /** A version that must not come into the index, if it is not there yet. */
    record Refuse(VersionRef ref) implements Change {}

    /**
     * What became of it: a head, or the failure of this write alone.
     *
     * @param head highest version of the document afterwards
     */
    record Outcome(@Nullable DocumentHead head, @Nullable Failure failure) {
        static Outcome of(DocumentHead head) {
            return new Outcome(head, null);
        }

        static Outcome of(Failure failure) {
            return new Outcome(null, failure);
        }
    }
}
