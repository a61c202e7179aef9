package quintet.ingest.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.GenerationComparison;
import quintet.ingest.model.IndexChoice;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.ReindexAction;
import quintet.ingest.model.ReindexProgress;
import quintet.ingest.model.ReindexState;

/**
 * A re-index as HTTP shows it.
 *
 * @param collection the collection
 * @param state how far it is, see {@link ReindexState}
 * @param reason why it is as it is, for machines; null where the state says all
 * @param message the same for people, with what to do
 * @param next what can be decided now, each a {@code POST …/reindex/<name>}, but {@code discard}, which is a DELETE
 * @param order what was asked for, with defaults filled in
 * @param progress how far the new generation is; null once one of the two is deleted
 * @param comparison how the two compare; null before they were
 * @param startedAt when it was asked for, ISO 8601 in UTC
 * @param changedAt when it came to its state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReindexView(
        String collection,
        String state,
        @Nullable String reason,
        @Nullable String message,
        List<String> next,
        Order order,
        @Nullable Progress progress,
        @Nullable GenerationComparison comparison,
        String startedAt,
        String changedAt) {
    static ReindexView of(Reindex reindex, @Nullable ReindexProgress progress, ChunkingSettings defaults) {
        Reindex.Notice notice = reindex.notice();
        return new ReindexView(
                DocumentKey.shown(reindex.collection()),
                reindex.state().name(),
                notice == null ? null : notice.reason(),
                notice == null ? null : notice.message(),
                Arrays.stream(ReindexAction.values())
                        .filter(action -> action.isPossibleIn(reindex.state()))
                        .map(ReindexAction::wireName)
                        .toList(),
                Order.of(reindex, defaults),
                progress == null ? null : Progress.of(progress),
                reindex.comparison(),
                reindex.startedAt().toString(),
                reindex.changedAt().toString());
    }

    /**
     * What was asked for.
     *
     * @param chunking how documents are cut
     * @param index how vectors are searched; null for as by default
     * @param switchMode auto, always or never, named {@code switch}
     * @param maxNdcgLoss what mean nDCG@10 may fall by
     * @param minOverlap what mean overlap@10 must reach
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Order(
            CollectionView.Chunking chunking,
            @Nullable Index index,

            @JsonProperty("switch") String switchMode,

            double maxNdcgLoss,
            double minOverlap) {
        static Order of(Reindex reindex, ChunkingSettings defaults) {
            IndexChoice index = reindex.order().index();
            return new Order(
                    CollectionView.Chunking.of(reindex.order().settings().chunkingOr(defaults)),
                    index == null ? null : new Index(index.kind(), index.parameters()),
                    reindex.order().rule().mode().name().toLowerCase(Locale.ROOT),
                    reindex.order().rule().maxNdcgLoss(),
                    reindex.order().rule().minOverlap());
        }
    }

    /**
     * How vectors are searched.
     *
     * @param kind name of the kind of index
     * @param parameters those that were given
     */
    public record Index(String kind, Map<String, Integer> parameters) {}

    /**
     * How far the new generation is, in documents.
     *
     * @param documents that the old generation has
     * @param copied of these, those that the new one has too
     * @param ready of these, those that searches of it would find
     * @param pending those that searches find in the old one and that are on their way in the new one
     * @param failed those that searches find in the old one and that failed in the new one
     * @param failures some of those that failed, each with its reason
     */
    public record Progress(
            long documents, long copied, long ready, long pending, long failed, List<ReindexProgress.Lost> failures) {
        static Progress of(ReindexProgress progress) {
            return new Progress(
                    progress.documents(),
                    progress.copied(),
                    progress.ready(),
                    progress.pending(),
                    progress.lost(),
                    progress.some());
        }
    }
}
