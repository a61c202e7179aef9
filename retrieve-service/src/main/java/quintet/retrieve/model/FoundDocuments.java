package quintet.retrieve.model;

import java.util.List;

/**
 * Documents that a search found.
 *
 * @param documentIds best first, each once
 * @param degraded steps that were skipped or cut short, as in {@link SearchResult}
 */
public record FoundDocuments(List<String> documentIds, List<String> degraded) {
    /** Copies the lists. */
    public FoundDocuments {
        documentIds = List.copyOf(documentIds);
        degraded = List.copyOf(degraded);
    }
}
