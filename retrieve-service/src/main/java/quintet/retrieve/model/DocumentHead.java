package quintet.retrieve.model;

import java.time.Instant;

/**
 * What the index knows of a document: its highest version.
 *
 * @param deleted whether that version is a deletion, which beats everything older
 * @param passageCount number of its passages in the index, 0 when deleted
 * @param refused versions up to this one are not taken although they are above {@code version}: they were cancelled; 0 if
 *     there are none
 * @param committedAt when the version was written into the commit that holds it; the epoch for an index that is older than
 *     this knowledge
 */
public record DocumentHead(long version, boolean deleted, int passageCount, long refused, Instant committedAt) {
    /** Returns whether a version comes too late: the same or a higher one is here, or it is refused. */
    public boolean covers(long other) {
        return other <= version || other <= refused;
    }

    /** Returns this head with another number of passages. */
    public DocumentHead with(int passages) {
        return new DocumentHead(version, deleted, passages, refused, committedAt);
    }

    /** Returns this head, refusing versions up to {@code upTo}. */
    public DocumentHead refusing(long upTo) {
        return new DocumentHead(version, deleted, passageCount, Math.max(refused, upTo), committedAt);
    }
}
