package quintet.retrieve.adapter.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.port.Generations;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageView;

/**
 * Opens a collection in the generation that searches go to. Looked up when a search begins, all of which then sees that one:
 * searches by the name of a collection go to the old generation or to the new one as a whole.
 */
final class SearchedGenerations implements PassageIndex {
    private final PassageIndex index;
    private final Generations generations;

    SearchedGenerations(PassageIndex index, Generations generations) {
        this.index = index;
        this.generations = generations;
    }

    @Override
    public Uni<PassageView> open(CollectionAccess access) {
        return Uni.createFrom()
                .deferred(() -> index.open(new CollectionAccess(
                        generations.resolve(access.collection()), access.everyGroup(), access.groups())));
    }

    @Override
    public Uni<List<CollectionInfo>> collections() {
        return index.collections();
    }
}
