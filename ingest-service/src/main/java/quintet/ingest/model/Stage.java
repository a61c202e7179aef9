package quintet.ingest.model;

/** The stages of a document version that can give up. */
public enum Stage {
    /** Extracting and cleaning the text. */
    PARSE,
    /** Cutting it into chunks. */
    CHUNK,
    /** Making a vector of each chunk; embed-service. */
    EMBED,
    /** Making it searchable; retrieve-service. */
    INDEX
}
