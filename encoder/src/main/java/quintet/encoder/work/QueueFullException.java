package quintet.encoder.work;

import java.util.Locale;

/** Work was refused because too much of its priority is waiting; the same work may be taken a little later. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFullException(int submitted, int waiting, int capacity) {
        super(String.format(
                Locale.ROOT, "%d more items do not fit: %d of at most %d are waiting", submitted, waiting, capacity));
    }
}
