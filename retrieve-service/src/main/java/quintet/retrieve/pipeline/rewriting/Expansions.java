package quintet.retrieve.pipeline.rewriting;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.Expansion;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.port.PassageView;

/** Has a model server write further queries, all kinds side by side. Without one, there are none, and the answer says so. */
record Expansions(ModelQueries model) implements RewriteStep {
    @Override
    public String name() {
        return "expansions";
    }

    @Override
    public boolean isWanted(Rewriting options) {
        return !options.expansions().isEmpty();
    }

    @Override
    public Uni<Void> apply(Draft draft, PassageView view, Duration budget) {
        if (!model.isConfigured()) {
            draft.leaveOut(ModelQueries.REWRITING);
            return Uni.createFrom().voidItem();
        }
        List<Uni<List<QueryVariant>>> all = draft.query().rewriting().expansions().stream()
                .sorted()
                .map(expansion -> variants(expansion, draft, budget))
                .toList();
        return Uni.join()
                .all(all)
                .andFailFast()
                .invoke(lists -> lists.forEach(draft::search))
                .replaceWithVoid();
    }

    private Uni<List<QueryVariant>> variants(Expansion expansion, Draft draft, Duration budget) {
        return model.expand(expansion, draft.text(), budget)
                .map(texts -> texts.stream()
                        .map(text -> variant(expansion, text, draft))
                        .toList())
                .onFailure()
                .recoverWithItem(thrown -> {
                    model.leftOut(draft, thrown);
                    return List.of();
                });
    }

    /** A passage that was made up has words that are made up: only its vector is searched. */
    private static QueryVariant variant(Expansion expansion, String text, Draft draft) {
        var filter = draft.query().filter();
        return switch (expansion) {
            case HYDE -> new QueryVariant(QueryVariant.Kind.HYDE, Optional.of(text), Optional.empty(), filter);
            case MULTI_QUERY -> QueryVariant.of(QueryVariant.Kind.MULTI_QUERY, text, filter);
            case STEP_BACK -> QueryVariant.of(QueryVariant.Kind.STEP_BACK, text, filter);
            case DECOMPOSE -> QueryVariant.of(QueryVariant.Kind.DECOMPOSE, text, filter);
        };
    }
}
