package quintet.retrieve.model;

/**
 * A passage that one list found.
 *
 * @param chunkId identifier of the passage; ties are broken by it
 * @param locator where the view that found it finds it again; means nothing outside that view
 * @param score on the scale of the list, higher is better
 */
public record Candidate(String chunkId, int locator, double score) {}
