package quintet.ingest.model;

/**
 * What the whole pipeline did of late.
 *
 * @param documentsPerSecond documents that became READY; 0 if nothing was measured
 * @param chunksPerSecond their chunks; 0 if nothing was measured
 * @param chunksPerDocument mean of those documents; 0 if nothing was measured
 */
public record Throughput(double documentsPerSecond, double chunksPerSecond, double chunksPerDocument) {}
