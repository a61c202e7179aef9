package quintet.ingest.model;

/** How a text is cut into chunks. */
public enum ChunkingStrategy {
    /** The cheapest cuts by headings, paragraphs and sentences, close to a size that is aimed at. */
    STRUCTURE,
    /** As much as fits, cut at the largest separator that helps: paragraph, line, sentence, word. */
    RECURSIVE,
    /** One to three sentences are matched; the sentences around them are read. */
    SENTENCE_WINDOW,
    /** A section under its heading, cut only where it is too long. */
    HEADING,
    /** Cut where neighbouring sentences are least alike by their embeddings. */
    SEMANTIC,
    /** Small pieces are matched; the large one that they are part of is read. */
    PARENT_CHILD
}
