package quintet.ingest.model;

/** In what respect a document is like another. */
public enum DuplicateKind {
    /** The same text, apart from case, white space and forms of characters. */
    EXACT,
    /** Nearly the same words: Jaccard similarity of word shingles. */
    FUZZY,
    /** The same meaning: cosine of embeddings. */
    SEMANTIC
}
