package quintet.generate.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A passage that a search found, with what each stage said about it.
 *
 * @param chunkId stable identifier
 * @param documentId document of the passage
 * @param filename empty if none
 * @param title empty if unknown
 * @param page page of the first character, from 1; 0 where the format has no pages
 * @param pageEnd page of the last character, from 1; 0 where the format has no pages
 * @param sectionPath headings above the passage, outermost first
 * @param start offset of the first character in the document's cleaned text, in UTF-16 code units
 * @param end offset behind the last character
 * @param text the passage itself
 * @param tokenCount length in tokens of the embedding model; 0 if unknown
 * @param scores by stage, in the order of the stages: dense, lexical, fused, relevance, final
 * @param answer where a reader sees the answer, if it read the passage
 */
public record Passage(
        String chunkId,
        String documentId,
        String filename,
        String title,
        int page,
        int pageEnd,
        List<String> sectionPath,
        int start,
        int end,
        String text,
        int tokenCount,
        SequencedMap<String, Float> scores,
        Optional<AnswerSpan> answer) {
    /** Cosine similarity of question and passage. */
    public static final String DENSE = "dense";

    /** BM25 score. */
    public static final String LEXICAL = "lexical";

    /** Score after fusion of both lists, 0 to 1. */
    public static final String FUSED = "fused";

    /** Calibrated probability that the passage answers the question, 0 to 1. */
    public static final String RELEVANCE = "relevance";

    /** The score that the order follows. */
    public static final String FINAL = "final";

    /** Copies the collections. */
    public Passage {
        sectionPath = List.copyOf(sectionPath);
        scores = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(scores));
    }

    /** Returns the score that the order follows. */
    public float score() {
        return scores.getOrDefault(FINAL, 0f);
    }

    /** Returns the calibrated probability that the passage answers the question, if a cross-encoder read it. */
    public Optional<Float> relevance() {
        return Optional.ofNullable(scores.get(RELEVANCE));
    }

    /** Returns the passage with what the cross-encoder says about it. */
    public Passage ranked(Map<String, Float> more, Optional<AnswerSpan> span) {
        SequencedMap<String, Float> all = new LinkedHashMap<>(scores);
        more.forEach(all::putLast);
        return new Passage(
                chunkId,
                documentId,
                filename,
                title,
                page,
                pageEnd,
                sectionPath,
                start,
                end,
                text,
                tokenCount,
                all,
                span);
    }

    /**
     * Returns the page of an offset in the text. Where a passage crosses pages only its first and last page are known; the
     * pages between are taken to be equally long.
     */
    public int pageAt(int offset) {
        if (pageEnd <= page || text.isEmpty()) {
            return page;
        }
        int pages = pageEnd - page + 1;
        return page + Math.min(pages - 1, (int) ((long) offset * pages / text.length()));
    }
}
