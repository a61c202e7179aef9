package quintet.retrieve.model;

import java.util.Optional;

/**
 * What the index holds of a document, counted at one moment.
 *
 * @param head its highest version; empty if the index never heard of it
 * @param passageCount passages that searches find, of whatever version
 * @param stagedPartCount parts that wait for the rest of their version
 */
public record IndexedDocument(Optional<DocumentHead> head, int passageCount, int stagedPartCount) {}
