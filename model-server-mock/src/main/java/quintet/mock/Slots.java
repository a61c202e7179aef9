package quintet.mock;

import java.util.ArrayDeque;

/** What continuous batching has room for: so many at once, the others wait in their order. On one thread. */
final class Slots {
    private final int size;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Slots(int size) {
        this.size = size;
    }

    int running() {
        return running;
    }

    int waiting() {
        return waiting.size();
    }

    /** Runs {@code begin} as soon as there is a slot, which may be now. */
    void take(Runnable begin) {
        if (running < size) {
            running++;
            begin.run();
        } else {
            waiting.add(begin);
        }
    }

    /** Takes back what {@code begin} was given: its slot, or its place among those that wait. */
    void giveBack(Runnable begin) {
        if (waiting.remove(begin)) {
            return;
        }
        running--;
        Runnable next = waiting.poll();
        if (next != null) {
            running++;
            next.run();
        }
    }
}
