package quintet.bench.faults;

import java.util.Random;

/** Something that goes wrong. */
interface Fault {
    /** What it is, in a table. */
    String label();

    /**
     * Lets it happen and returns when it is over.
     *
     * @return the moment from which on the suite has to recover, as {@link System#nanoTime} counts
     */
    long strike(Random random) throws InterruptedException;
}
