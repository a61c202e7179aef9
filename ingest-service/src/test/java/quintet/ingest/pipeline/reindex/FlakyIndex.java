package quintet.ingest.pipeline.reindex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quintet.failure.Failure;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.IndexChoice;
import quintet.ingest.port.IndexGenerations;

/** An index that finds what a test says, and is away when it says so. Searches go where the highest choice sent them. */
final class FlakyIndex implements IndexGenerations {
    final Map<String, List<String>> found = new HashMap<>();
    final Map<String, GenerationChoice> chosen = new HashMap<>();
    final List<String> degraded = new ArrayList<>();
    boolean down;

    @Override
    public void chooseIndex(String generation, IndexChoice index) {
        up();
    }

    @Override
    public void choose(GenerationChoice choice) {
        up();
        chosen.merge(choice.collection(), choice, (old, next) -> next.revision() > old.revision() ? next : old);
    }

    @Override
    public Found find(String generation, String query, int topK) {
        up();
        return new Found(found.getOrDefault(generation, List.of()), degraded);
    }

    private void up() {
        if (down) {
            throw Failure.unavailable("INDEX_UNAVAILABLE", "down for a test", null);
        }
    }
}
