package quintet.retrieve.pipeline.rewriting;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.port.PassageView;
import quintet.retrieve.port.TextModel;

/**
 * Makes a query better before it is searched, in this order: a follow-up is made to stand by itself, the collection's vocabulary
 * is asked for filters, abbreviations and spelling, a model server writes further queries, and the words of the best passages come in.
 */
@ApplicationScoped
public class QueryRewriter {
    private final List<RewriteStep> steps;

    QueryRewriter(TextModel model, RewritingConfig config) {
        ModelQueries queries = new ModelQueries(model, config.modelTimeout());
        steps = List.of(
                new FollowUp(queries),
                new Vocabulary(),
                new Expansions(queries),
                new Feedback(config.feedbackPassages(), config.feedbackWords(), config.feedbackShare()));
    }

    /**
     * Rewrites a query as its options say.
     *
     * @param view what will be searched
     * @param budget time that the search has
     * @return what to search for; fails as searches fail, and never because a model server does
     */
    public Uni<RewrittenQuery> rewrite(PassageView view, Query query, Duration budget) {
        return rewrite(view, query, budget, Optional.empty());
    }

    /** Rewrites a query and tells {@code listener}, if there is one, what each step did. */
    public Uni<RewrittenQuery> rewrite(
            PassageView view, Query query, Duration budget, Optional<RewriteListener> listener) {
        long until = System.nanoTime() + budget.toNanos();
        Draft draft = new Draft(query);
        Uni<Void> all = Uni.createFrom().voidItem();
        for (RewriteStep step : steps) {
            if (step.isWanted(query.rewriting())) {
                all = all.flatMap(_ -> listener.isPresent()
                        ? told(listener.get(), step, draft, view, left(until))
                        : step.apply(draft, view, left(until)));
            }
        }
        return all.map(_ -> draft.finish());
    }

    private static Uni<Void> told(
            RewriteListener listener, RewriteStep step, Draft draft, PassageView view, Duration budget) {
        RewrittenQuery before = draft.finish();
        long begun = System.nanoTime();
        return step.apply(draft, view, budget)
                .invoke(() -> listener.took(
                        step.name(), before, draft.finish(), Duration.ofNanos(System.nanoTime() - begun)));
    }

    private static Duration left(long until) {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }
}
