package quintet.retrieve.pipeline.history;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import quintet.failure.Failure;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.Turn;
import quintet.retrieve.model.history.Answer;
import quintet.retrieve.model.history.Asker;
import quintet.retrieve.model.history.KeptHit;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.PastSearch;
import quintet.retrieve.model.history.Replay;
import quintet.retrieve.model.history.SearchId;
import quintet.retrieve.pipeline.RetrievePipeline;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.SearchLog;

/**
 * Searches and keeps what was searched and found, to be looked at and replayed by who asked. Nothing of what is kept opens anything:
 * a replay searches with the rights that its caller has now, and a hit of then is shown to who still sees its document.
 */
@ApplicationScoped
public class HistoryPipeline {
    /** A query is kept if it, its history and its filter have at most so many UTF-16 code units, so that what waits is bounded. */
    static final int MAX_KEPT_LENGTH = 65_536;

    private final RetrievePipeline searches;
    private final PassageIndex index;
    private final SearchLog log;

    HistoryPipeline(RetrievePipeline searches, PassageIndex index, SearchLog log) {
        this.searches = searches;
        this.index = index;
        this.log = log;
    }

    /** Returns the time that a search has when its caller names none, and at most. */
    public Duration timeout() {
        return searches.timeout();
    }

    /** Searches as {@link RetrievePipeline#search} does, and keeps the search if it can. */
    public Uni<Answer> search(Asker asker, Query query, boolean explain, Duration budget) {
        return searches.search(asker.access(), query, explain, budget)
                .map(result -> new Answer(result, keep(asker, query, result)));
    }

    private Optional<SearchId> keep(Asker asker, Query query, SearchResult result) {
        Optional<SearchId> id = log.next();
        if (id.isEmpty() || length(query) > MAX_KEPT_LENGTH) {
            return Optional.empty();
        }
        KeptSearch kept = new KeptSearch(
                id.get(),
                Instant.now(),
                asker.key(),
                asker.access().collection(),
                query,
                result.index(),
                result.degraded(),
                result.timings(),
                QueryPrints.of(result.rewritten()),
                result.hits().stream()
                        .limit(KeptSearch.MAX_HITS)
                        .map(KeptHit::of)
                        .toList());
        return log.keep(kept) ? id : Optional.empty();
    }

    private static long length(Query query) {
        return query.text().length()
                + query.rewriting().history().stream()
                        .map(Turn::text)
                        .mapToLong(String::length)
                        .sum()
                + FilterText.of(query.filter()).length();
    }

    /**
     * Returns a search of the asker's own.
     *
     * @return fails with NOT_FOUND, reason SEARCH_NOT_FOUND, or as opening the collection fails
     */
    public Uni<PastSearch> look(Asker asker, String id, Duration budget) {
        return within(
                budget,
                find(asker, id).flatMap(kept -> versions(asker, kept).map(versions -> PastSearch.of(kept, versions))));
    }

    /**
     * Searches again as a search of the asker's own did, and compares.
     *
     * @return fails as {@link #look} and searches do
     */
    public Uni<Replay> replay(Asker asker, String id, boolean explain, Duration budget) {
        return within(
                budget,
                find(asker, id)
                        .flatMap(kept -> searches.search(asker.access(), kept.query(), explain, budget)
                                .flatMap(now -> versions(asker, kept)
                                        .map(versions -> new SearchComparison(kept, versions).with(now)))));
    }

    private Uni<KeptSearch> find(Asker asker, String id) {
        if (!SearchId.isValid(id)) {
            return Uni.createFrom().failure(notFound(id));
        }
        return log.find(new SearchId(id))
                .map(kept -> kept.filter(each -> each.belongsTo(asker)).orElseThrow(() -> notFound(id)));
    }

    /** Others' searches are as if they were not there. */
    private static Failure notFound(String id) {
        return Failure.notFound(
                "SEARCH_NOT_FOUND",
                "no search '%s' of yours is kept here: the last ones are, each by the replica that answered it",
                id.length() <= 64 ? id : id.substring(0, 64) + "…");
    }

    private Uni<Map<String, Long>> versions(Asker asker, KeptSearch kept) {
        return index.open(asker.access())
                .flatMap(view -> view.versions(
                                kept.hits().stream().map(KeptHit::documentId).collect(Collectors.toSet()))
                        .eventually(view::close));
    }

    private static <T> Uni<T> within(Duration budget, Uni<T> work) {
        return work.ifNoItem()
                .after(budget)
                .failWith(() -> Failure.unavailable(
                        "DEADLINE_EXCEEDED",
                        "the search took longer than the %d ms it had".formatted(budget.toMillis()),
                        null));
    }
}
