package quintet.retrieve.model;

/** A passage as it lies in the index. */
public record StoredPassage(String documentId, long version, DocumentInfo info, Passage passage) {}
