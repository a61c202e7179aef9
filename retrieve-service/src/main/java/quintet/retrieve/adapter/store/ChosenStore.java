package quintet.retrieve.adapter.store;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import quintet.retrieve.port.DocumentHeads;
import quintet.retrieve.port.Generations;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageVectors;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.port.StoredVectors;
import quintet.retrieve.port.VectorIndexes;

/** The ports of the store that configuration chooses at start: Qdrant if it has a URL, else Lucene. The other is never opened. */
@ApplicationScoped
class ChosenStore {
    private final Identifier store;

    ChosenStore(@ConfigProperty(name = "quintet.retrieve.qdrant.url") Optional<String> qdrant) {
        store = Identifier.Literal.of(qdrant.isPresent() ? "qdrant" : "lucene");
    }

    @Produces
    @ApplicationScoped
    PassageIndex index(@Any Instance<PassageIndex> stores, Generations generations) {
        return new SearchedGenerations(stores.select(store).get(), generations);
    }

    @Produces
    @ApplicationScoped
    Generations generations(@Any Instance<Generations> stores) {
        return stores.select(store).get();
    }

    @Produces
    @ApplicationScoped
    PassageWriter writer(@Any Instance<PassageWriter> stores) {
        return stores.select(store).get();
    }

    @Produces
    @ApplicationScoped
    PassageVectors vectors(@Any Instance<PassageVectors> stores) {
        return stores.select(store).get();
    }

    @Produces
    @ApplicationScoped
    StoredVectors storedVectors(@Any Instance<StoredVectors> stores) {
        return stores.select(store).get();
    }

    @Produces
    @ApplicationScoped
    DocumentHeads heads(@Any Instance<DocumentHeads> stores) {
        return stores.select(store).get();
    }

    @Produces
    @ApplicationScoped
    VectorIndexes vectorIndexes(@Any Instance<VectorIndexes> stores) {
        return stores.select(store).get();
    }
}
