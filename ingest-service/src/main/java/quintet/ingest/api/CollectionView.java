package quintet.ingest.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.DocumentKey;

/**
 * A collection as HTTP shows it.
 *
 * @param name its name
 * @param documents documents that are not deleted
 * @param counts documents by state
 * @param settings what holds for documents that are put from now on
 * @param createdAt when it was made, ISO 8601 in UTC
 * @param notice what a change of the settings does not do; null if there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CollectionView(
        String name,
        long documents,
        Map<String, Long> counts,
        Settings settings,
        String createdAt,
        @Nullable String notice) {
    static CollectionView of(CollectionOverview collection, ChunkingSettings defaults, @Nullable String notice) {
        Map<String, Long> counts = new LinkedHashMap<>();
        collection.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> counts.put(count.getKey().name(), count.getValue()));
        return new CollectionView(
                DocumentKey.shown(collection.name()),
                collection.documents(),
                counts,
                new Settings(
                        Chunking.of(collection.settings().chunkingOr(defaults)),
                        collection.settings().deduplication()),
                collection.createdAt().toString(),
                notice);
    }

    /**
     * Settings with their defaults filled in.
     *
     * @param chunking how documents are cut
     * @param deduplication what counts as the same
     */
    public record Settings(Chunking chunking, DeduplicationSettings deduplication) {}

    /**
     * {@link ChunkingSettings} with the strategy's name on the wire.
     *
     * @param strategy such as {@code sentence-window}
     * @param targetTokens see {@link ChunkingSettings}, as those that follow
     */
    public record Chunking(
            String strategy,
            int targetTokens,
            int maxTokens,
            int overlapTokens,
            int windowSentences,
            int breakpointPercentile,
            int parentTokens) {
        static Chunking of(ChunkingSettings settings) {
            return new Chunking(
                    SettingsBody.name(settings.strategy()),
                    settings.targetTokens(),
                    settings.maxTokens(),
                    settings.overlapTokens(),
                    settings.windowSentences(),
                    settings.breakpointPercentile(),
                    settings.parentTokens());
        }
    }

    /**
     * All collections.
     *
     * @param collections by name
     */
    public record All(List<CollectionView> collections) {}
}
