package quintet.retrieve.api;

import java.util.Map;
import quintet.retrieve.model.IndexState;

/**
 * How the vectors of a collection are searched.
 *
 * @param kind name of the kind of index
 * @param parameters all of them, by their names in the literature
 * @param passages that searches find
 * @param rebuilt those of them that lie in an index of this kind already
 * @param ready whether nothing is left to rebuild
 */
public record IndexReply(String kind, Map<String, Integer> parameters, long passages, long rebuilt, boolean ready) {
    static IndexReply of(IndexState state) {
        return new IndexReply(
                state.kind().name(), state.kind().parameters(), state.passages(), state.rebuilt(), state.ready());
    }
}
