package quintet.retrieve.model;

import java.util.Optional;

/**
 * A collection that has an index.
 *
 * @param documentCount documents that searches find
 * @param passageCount passages that searches find
 * @param model model of its vectors; empty while it has none
 */
public record CollectionInfo(CollectionName name, long documentCount, long passageCount, Optional<ModelRef> model) {}
