package quintet.retrieve.model.history;

import java.util.Optional;
import quintet.retrieve.model.SearchResult;

/**
 * A search that was answered.
 *
 * @param id by which it can be looked at and replayed; empty where it is not kept
 */
public record Answer(SearchResult result, Optional<SearchId> id) {}
