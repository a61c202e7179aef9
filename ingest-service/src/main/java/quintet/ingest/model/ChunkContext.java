package quintet.ingest.model;

/**
 * What is read in place of a chunk that is matched for its small size: the window or the parent around it.
 *
 * @param start offset of the first character in the cleaned text, in UTF-16 code units
 * @param end offset behind the last character
 * @param page page of the first character, from 1; 0 where the format has no pages
 * @param pageEnd page of the last character
 */
public record ChunkContext(int start, int end, int page, int pageEnd) {
    /** Rejects spans that are empty or out of order. */
    public ChunkContext {
        if (start < 0 || start >= end || page < 0 || page > pageEnd) {
            throw new IllegalArgumentException(
                    "context of [%d, %d) on pages %d to %d".formatted(start, end, page, pageEnd));
        }
    }

    /** Returns the characters, exactly those of the cleaned text. */
    public String textIn(CleanText clean) {
        return clean.text().substring(start, end);
    }
}
