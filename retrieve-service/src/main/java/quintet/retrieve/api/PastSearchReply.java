package quintet.retrieve.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.PastSearch;

/**
 * A search as it was.
 *
 * @param searchedAt when it was answered
 * @param filter in its short form; empty for none
 * @param index what it was answered from
 * @param hits best first, at most 100
 */
public record PastSearchReply(
        String searchId,
        Instant searchedAt,
        String query,
        int topK,
        String mode,
        String fusion,
        String filter,
        ExplanationReply.IndexReply index,
        List<String> degraded,
        SearchReply.Timings timings,
        List<HitReply> hits) {
    /**
     * A hit as it was. One that the caller does not see any more has no chunk, document and version.
     *
     * @param visible whether the caller sees its document now: it is not deleted and in no other groups
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HitReply(
            int rank,
            @Nullable String chunkId,
            @Nullable String documentId,
            @Nullable Long version,
            double score,
            SearchReply.Scores scores,
            boolean visible) {}

    static PastSearchReply of(PastSearch past) {
        KeptSearch search = past.search();
        return new PastSearchReply(
                search.id().value(),
                search.at(),
                search.query().text(),
                search.query().topK(),
                RewritingReply.written(search.query().mode()),
                RewritingReply.written(search.query().fusion()),
                FilterText.of(search.query().filter()),
                ExplanationReply.IndexReply.of(search.index()),
                search.degraded(),
                SearchReply.of(search.timings()),
                past.hits().stream().map(PastSearchReply::of).toList());
    }

    private static HitReply of(PastSearch.PastHit hit) {
        return new HitReply(
                hit.rank(),
                hit.visible() ? hit.chunkId() : null,
                hit.visible() ? hit.documentId() : null,
                hit.visible() ? hit.version() : null,
                hit.score(),
                SearchReply.of(hit.scores()),
                hit.visible());
    }
}
