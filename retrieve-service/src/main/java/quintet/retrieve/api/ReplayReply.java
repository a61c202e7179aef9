package quintet.retrieve.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.history.ComparedHit;
import quintet.retrieve.model.history.Replay;

/**
 * A search then and now.
 *
 * @param sentence all of it, for people
 * @param hits those of now by rank, then those that are none any more by their rank then; the first 100 of each are compared
 * @param rewritingChanges what differs in what was searched: {@code queries}, {@code text}, {@code words}, {@code added-words},
 *     {@code filter}
 * @param indexChanges what differs in the index: {@code model}, {@code kind}, {@code version}
 * @param indexNow what the search of now was answered from
 * @param then the search as it was
 * @param now the search as it is; it is not kept itself
 */
public record ReplayReply(
        String sentence,
        List<HitReply> hits,
        List<String> rewritingChanges,
        List<String> indexChanges,
        ExplanationReply.IndexReply indexNow,
        PastSearchReply then,
        SearchReply now) {
    /**
     * A hit then and now; what it was not has no rank, score and version.
     *
     * @param outcome {@code same}, {@code moved}, {@code came}, {@code went}, {@code replaced} by another version of its document, or
     *     {@code hidden} from the caller, without names
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HitReply(
            String outcome,
            @Nullable String chunkId,
            @Nullable String documentId,
            @Nullable Integer rankThen,
            @Nullable Integer rankNow,
            @Nullable Double scoreThen,
            @Nullable Double scoreNow,
            @Nullable Long versionThen,
            @Nullable Long versionNow) {}

    static ReplayReply of(Replay replay) {
        return new ReplayReply(
                replay.sentence(),
                replay.hits().stream().map(ReplayReply::of).toList(),
                replay.rewritingChanges(),
                replay.indexChanges(),
                ExplanationReply.IndexReply.of(replay.now().index()),
                PastSearchReply.of(replay.then()),
                SearchReply.of(replay.now(), null));
    }

    private static HitReply of(ComparedHit hit) {
        return new HitReply(
                RewritingReply.written(hit.outcome()),
                hit.chunkId().isEmpty() ? null : hit.chunkId(),
                hit.documentId().isEmpty() ? null : hit.documentId(),
                hit.rankThen() == 0 ? null : hit.rankThen(),
                hit.rankNow() == 0 ? null : hit.rankNow(),
                hit.scoreThen(),
                hit.scoreNow(),
                hit.versionThen() == 0 ? null : hit.versionThen(),
                hit.versionNow() == 0 ? null : hit.versionNow());
    }
}
