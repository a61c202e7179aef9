package quintet.ingest.model;

/**
 * What became of a document that was handed in.
 *
 * @param document the document as it stands now
 * @param unchanged whether bytes and attributes were there already, so that nothing was done
 */
public record Submission(Document document, boolean unchanged) {}
