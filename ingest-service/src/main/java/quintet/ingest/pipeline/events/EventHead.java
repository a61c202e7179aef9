package quintet.ingest.pipeline.events;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The highest position that this process knows of: what streams wait for, so that each need not ask the database. */
@ApplicationScoped
public class EventHead {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long position;
    private boolean closed;

    /** Returns the position known. */
    long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Notes a position and wakes whoever waits for one. */
    void advance(long to) {
        lock.lock();
        try {
            if (to > position) {
                position = to;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all for good: nothing comes any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a position above {@code known}; returns whether there is one, or the end. */
    boolean await(long known, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (position <= known && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return position > known || closed;
        } finally {
            lock.unlock();
        }
    }
}
