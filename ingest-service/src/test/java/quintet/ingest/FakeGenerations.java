package quintet.ingest;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import quintet.failure.Failure;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.IndexChoice;
import quintet.ingest.port.IndexGenerations;

/** Generations in an index that finds the same in all of them unless a test says otherwise. */
@Mock
@ApplicationScoped
public class FakeGenerations implements IndexGenerations {
    private final Map<String, IndexChoice> kinds = new ConcurrentHashMap<>();
    private final Map<String, GenerationChoice> choices = new ConcurrentHashMap<>();
    private final Map<String, List<String>> found = new ConcurrentHashMap<>();

    public void setFound(String generation, List<String> documentIds) {
        found.put(generation, documentIds);
    }

    /** Returns the kind of index that was chosen, if any was. */
    public Map<String, IndexChoice> kinds() {
        return kinds;
    }

    /** Returns where searches go. */
    public String searched(String collection) {
        GenerationChoice choice = choices.get(collection);
        return choice == null ? collection : choice.generation();
    }

    @Override
    public void chooseIndex(String generation, IndexChoice index) {
        if (index.kind().equals("ivf")) {
            throw Failure.invalidInput("INVALID_INDEX", "kind is 'ivf', must be one of exact, hnsw");
        }
        kinds.put(generation, index);
    }

    @Override
    public void choose(GenerationChoice choice) {
        choices.merge(choice.collection(), choice, (old, next) -> next.revision() > old.revision() ? next : old);
    }

    @Override
    public Found find(String generation, String query, int topK) {
        return new Found(found.getOrDefault(generation, List.of("leave", "travel")), List.of());
    }
}
