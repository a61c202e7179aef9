package quintet.ingest.model;

/**
 * What is to be done before a document is READY, itself included, if the first to come are the first to be ready.
 *
 * @param documents documents on their way, at least 1
 * @param unchunked those of them whose chunks are not known yet
 * @param chunks chunks of the others that the index has not stored yet
 */
public record QueueAhead(long documents, long unchunked, long chunks) {}
