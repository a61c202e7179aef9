package quintet.ingest.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two generations answer the same questions. Its components are the names in JSON.
 *
 * @param questions how many were asked
 * @param judged those of them that name relevant documents
 * @param ndcgBefore mean nDCG@10 of the old generation over the judged; absent if there are none
 * @param ndcgAfter the same of the new generation
 * @param overlap mean share of the documents that both find among their first ten, 0 to 1
 * @param degraded steps that a search of the old or the new generation went without, such as {@code dense}
 * @param table each question
 */
public record GenerationComparison(
        int questions,
        int judged,
        @Nullable Double ndcgBefore,
        @Nullable Double ndcgAfter,
        double overlap,
        List<String> degraded,
        List<Row> table) {
    /** How many documents of a ranking count. */
    public static final int DEPTH = 10;

    /** Copies the lists. */
    public GenerationComparison {
        degraded = List.copyOf(degraded);
        table = List.copyOf(table);
    }

    /**
     * One question.
     *
     * @param query its first 200 characters
     * @param ndcgBefore nDCG@10 of the old generation, 0 to 1; absent if nobody judged
     * @param ndcgAfter the same of the new generation
     * @param overlap share of the documents that both find among their first ten, 0 to 1
     */
    public record Row(
            String query,
            @Nullable Double ndcgBefore,
            @Nullable Double ndcgAfter,
            double overlap) {}
}
