package quintet.ingest;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import quintet.failure.Failure;
import quintet.ingest.model.IndexedDocument;
import quintet.ingest.port.IndexInventory;
import quintet.ingest.port.QueueDepths;

/** An index, and queues, that hold what a test says. */
@Mock
@ApplicationScoped
public class FakeIndex implements IndexInventory, QueueDepths {
    private final Map<String, ConcurrentSkipListMap<String, IndexedDocument>> collections = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    public void put(String collection, IndexedDocument document) {
        collections
                .computeIfAbsent(collection, _ -> new ConcurrentSkipListMap<>())
                .put(document.documentId(), document);
    }

    public void lose(String collection) {
        collections.remove(collection);
    }

    public void setBusy(String queue, boolean isBusy) {
        var _ = isBusy ? busy.add(queue) : busy.remove(queue);
    }

    public void setUnreadable(String collection) {
        unreadable.add(collection);
    }

    @Override
    public List<String> collections() {
        return List.copyOf(new TreeMap<>(collections).keySet());
    }

    @Override
    public List<IndexedDocument> page(String collection, String after, int limit) {
        if (unreadable.contains(collection)) {
            throw Failure.unavailable("INDEX_UNREADABLE", "unreadable for a test", null);
        }
        return collections
                .getOrDefault(collection, new ConcurrentSkipListMap<>())
                .tailMap(after, false)
                .values()
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Set<String> busy(Set<String> queues) {
        return Set.copyOf(busy);
    }
}
