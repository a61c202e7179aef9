package quintet.ingest.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A contiguous piece of a document: the unit that is embedded, retrieved and cited.
 *
 * @param ordinal position in the document, from 0
 * @param start offset of the first character in the cleaned text, in UTF-16 code units
 * @param end offset behind the last character
 * @param page page of the first character, from 1; 0 where the format has no pages
 * @param pageEnd page of the last character
 * @param sectionPath headings above the chunk, outermost first
 * @param tokenCount length in tokens of the embedding model, at least 1
 * @param context what is read in its place, around it; absent where that is the chunk itself
 */
public record Chunk(
        int ordinal,
        int start,
        int end,
        int page,
        int pageEnd,
        List<String> sectionPath,
        int tokenCount,
        @Nullable ChunkContext context) {
    /** Rejects spans that are empty or out of order. */
    public Chunk {
        if (ordinal < 0 || start < 0 || start >= end || page < 0 || page > pageEnd || tokenCount < 1) {
            throw new IllegalArgumentException("chunk %d of [%d, %d) on pages %d to %d has %d tokens"
                    .formatted(ordinal, start, end, page, pageEnd, tokenCount));
        }
        if (context != null && (context.start() > start || context.end() < end)) {
            throw new IllegalArgumentException(
                    "chunk %d of [%d, %d) lies outside its context %s".formatted(ordinal, start, end, context));
        }
        sectionPath = List.copyOf(sectionPath);
    }

    /** Makes a chunk that is read as it is. */
    public Chunk(int ordinal, int start, int end, int page, int pageEnd, List<String> sectionPath, int tokenCount) {
        this(ordinal, start, end, page, pageEnd, sectionPath, tokenCount, null);
    }

    /** Returns the chunk with something larger to read in its place. */
    public Chunk within(ChunkContext larger) {
        return new Chunk(ordinal, start, end, page, pageEnd, sectionPath, tokenCount, larger);
    }

    /** Returns the id, which is the same in every version, so that writing a chunk twice is an upsert. */
    public UUID id(DocumentKey key) {
        String name = "%s/%s#%d".formatted(key.collection(), key.documentId(), ordinal);
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** Returns the characters, exactly those of the cleaned text. */
    public String textIn(CleanText clean) {
        return clean.text().substring(start, end);
    }
}
