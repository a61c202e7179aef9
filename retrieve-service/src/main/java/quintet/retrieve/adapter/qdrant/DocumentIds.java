package quintet.retrieve.adapter.qdrant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers of a collection's documents in order, which Qdrant can not give: it orders by numbers alone. Read once when
 * someone begins to page through them, kept up to date by what this process writes, and forgotten when nobody asks any more.
 * About 100 bytes an identifier.
 */
final class DocumentIds {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private @Nullable ConcurrentSkipListSet<String> ids;
    private Instant used = Instant.EPOCH;

    /** Reads all identifiers. */
    interface Source {
        void each(Consumer<String> consumer);
    }

    /** Takes note of a document that was written. */
    synchronized void add(String id) {
        if (ids != null) {
            ids.add(id);
        }
    }

    /** Returns the next identifiers after one, at most {@code limit}; the first page reads all of them anew. */
    List<String> page(String after, int limit, Source source) {
        ConcurrentSkipListSet<String> all = after.isEmpty() ? read(source) : known(source);
        List<String> page = new ArrayList<>();
        for (String id : all.tailSet(after, false)) {
            if (page.size() == limit) {
                break;
            }
            page.add(id);
        }
        return page;
    }

    private ConcurrentSkipListSet<String> known(Source source) {
        synchronized (this) {
            if (ids != null) {
                used = Instant.now();
                return ids;
            }
        }
        return read(source);
    }

    private ConcurrentSkipListSet<String> read(Source source) {
        ConcurrentSkipListSet<String> all = new ConcurrentSkipListSet<>();
        synchronized (this) {
            used = Instant.now();
            // Filled by writes from here on, so that none is missed while the others are read.
            ids = all;
        }
        boolean complete = false;
        try {
            source.each(all::add);
            complete = true;
        } finally {
            if (!complete) {
                forget(all);
            }
        }
        return all;
    }

    @SuppressWarnings("ReferenceEquality") // the set itself: another one may be filled by now
    private synchronized void forget(ConcurrentSkipListSet<String> incomplete) {
        if (ids == incomplete) {
            ids = null;
        }
    }

    synchronized void forgetIfUnused() {
        if (used.isBefore(Instant.now().minus(KEPT))) {
            ids = null;
        }
    }
}
