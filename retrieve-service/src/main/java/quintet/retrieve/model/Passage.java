package quintet.retrieve.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contiguous piece of a document: what is searched, found and cited.
 *
 * @param chunkId stable identifier, the same in every version of the document
 * @param ordinal position in the document, from 0
 * @param text the characters themselves, never blank
 * @param start offset of the first character in the document's cleaned text, in UTF-16 code units
 * @param end offset behind the last character
 * @param page page of the first character, from 1; 0 where the format has no pages
 * @param pageEnd page of the last character, from 1; 0 where the format has no pages
 * @param sectionPath headings above the passage, outermost first
 * @param tokenCount length of the text in tokens of the embedding model
 * @param context what is read in its place, around it; absent where that is the passage itself
 */
public record Passage(
        String chunkId,
        int ordinal,
        String text,
        int start,
        int end,
        int page,
        int pageEnd,
        List<String> sectionPath,
        int tokenCount,
        @Nullable PassageContext context) {
    /** Copies the section path and refuses what can be no passage. */
    public Passage {
        if (chunkId.isEmpty() || chunkId.length() > 256) {
            throw new IllegalArgumentException(
                    "chunkId has %d characters, must have 1 to 256".formatted(chunkId.length()));
        }
        if (ordinal < 0) {
            throw new IllegalArgumentException("ordinal is %d, must not be negative".formatted(ordinal));
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("text of chunk %d is blank".formatted(ordinal));
        }
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("chunk %d spans %d to %d".formatted(ordinal, start, end));
        }
        if (context != null && (context.start() > start || context.end() < end)) {
            throw new IllegalArgumentException("chunk %d of %d to %d lies outside its context of %d to %d"
                    .formatted(ordinal, start, end, context.start(), context.end()));
        }
        sectionPath = List.copyOf(sectionPath);
    }

    /** Returns where the passage that is read begins. */
    public int shownStart() {
        return context == null ? start : context.start();
    }

    /** Returns where the passage that is read ends. */
    public int shownEnd() {
        return context == null ? end : context.end();
    }

    /** Returns what is read: the passage itself or what stands around it, its length in tokens estimated by its own. */
    public Passage shown() {
        if (context == null) {
            return this;
        }
        int tokens = (int) Math.max(1, (long) tokenCount * context.text().length() / text.length());
        return new Passage(
                chunkId,
                ordinal,
                context.text(),
                context.start(),
                context.end(),
                context.page(),
                context.pageEnd(),
                sectionPath,
                tokens,
                null);
    }
}
