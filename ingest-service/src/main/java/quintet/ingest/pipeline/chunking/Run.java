package quintet.ingest.pipeline.chunking;

/**
 * Consecutive units of a list.
 *
 * @param from index of the first
 * @param to index behind the last, above {@code from}
 */
record Run(int from, int to) {}
