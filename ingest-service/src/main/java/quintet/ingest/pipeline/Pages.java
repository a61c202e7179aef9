package quintet.ingest.pipeline;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks along a list that is read page by page, and counts. */
final class Pages<T> {
    private final Function<String, List<T>> read;
    private final Function<T, String> id;
    private final int size;
    private Iterator<T> page;
    private @Nullable T current;
    private String last = "";
    private boolean more = true;
    private long count;

    /**
     * Reads the first page.
     *
     * @param read the page after an id
     * @param id what the list is ordered by
     * @param size length of a page that is not the last one
     */
    Pages(Function<String, List<T>> read, Function<T, String> id, int size) {
        this.read = read;
        this.id = id;
        this.size = size;
        page = List.<T>of().iterator();
        advance();
    }

    /** Returns the element that the walk is at; absent behind the last. */
    @Nullable
    T current() {
        return current;
    }

    /** Returns the element that the walk is at, and goes on, if its id is {@code wanted}. */
    @Nullable
    T take(String wanted) {
        T here = current;
        if (here == null || !id.apply(here).equals(wanted)) {
            return null;
        }
        advance();
        return here;
    }

    /** Returns the lower of the ids that two walks are at; absent behind the end of both. */
    static <A, B> @Nullable String lower(Pages<A> a, Pages<B> b) {
        String first = a.currentId();
        String second = b.currentId();
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.compareTo(second) <= 0 ? first : second;
    }

    /** Returns how many elements were met so far. */
    long count() {
        return count;
    }

    private @Nullable String currentId() {
        return current == null ? null : id.apply(current);
    }

    private void advance() {
        if (!page.hasNext() && more) {
            List<T> next = read.apply(last);
            more = next.size() >= size;
            page = next.iterator();
        }
        if (page.hasNext()) {
            T next = page.next();
            current = next;
            last = id.apply(next);
            count++;
        } else {
            current = null;
        }
    }
}
