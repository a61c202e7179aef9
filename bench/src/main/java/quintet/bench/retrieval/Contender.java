package quintet.bench.retrieval;

import java.io.IOException;

/** An index over a set of vectors, with a dial between speed and recall. */
interface Contender extends AutoCloseable {
    /** Returns what tables and plots call it. */
    String name();

    /** Returns the bytes of the index, on disk or in memory, with the vectors themselves. */
    long bytes() throws IOException;

    /** Returns the number of positions of the dial, from fast to thorough. */
    int settings();

    /** Returns what a position stands for. */
    String setting(int setting);

    /** Returns the numbers of the vectors found, at most {@link VectorSet#K}; called by one thread. */
    int[] search(float[] query, int setting) throws IOException;

    @Override
    void close() throws IOException;
}
