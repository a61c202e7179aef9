package quintet.local.part;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The state of every part, in the order in which people see them. Changes are told one after the other. */
public final class StatusBoard {
    private final Map<String, PartStatus> parts = new LinkedHashMap<>();
    private final List<Consumer<List<PartStatus>>> listeners = new ArrayList<>();

    /** Adds a part. */
    public synchronized void add(PartStatus status) {
        parts.put(status.name(), status);
        tell();
    }

    /** Changes a part that was added before. */
    public synchronized void update(String name, UnaryOperator<PartStatus> change) {
        parts.computeIfPresent(name, (_, status) -> change.apply(status));
        tell();
    }

    /** All parts as they are now. */
    public synchronized List<PartStatus> snapshot() {
        return List.copyOf(parts.values());
    }

    /** Calls back now and after every change, on the thread that made it. */
    public synchronized void listen(Consumer<List<PartStatus>> listener) {
        listeners.add(listener);
        listener.accept(snapshot());
    }

    /** Calls back once more, for who could not take it the last time. */
    public synchronized void tellAgain() {
        tell();
    }

    private void tell() {
        List<PartStatus> now = snapshot();
        listeners.forEach(listener -> listener.accept(now));
    }
}
