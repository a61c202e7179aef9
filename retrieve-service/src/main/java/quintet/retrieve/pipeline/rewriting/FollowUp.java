package quintet.retrieve.pipeline.rewriting;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.Turn;
import quintet.retrieve.port.PassageView;

/** Makes a follow-up question stand by itself: by the model server if there is one, else by {@link FollowUpRule}. */
record FollowUp(ModelQueries model) implements RewriteStep {
    @Override
    public String name() {
        return "follow-up";
    }

    @Override
    public boolean isWanted(Rewriting options) {
        return options.followUp() && !options.history().isEmpty();
    }

    @Override
    public Uni<Void> apply(Draft draft, PassageView view, Duration budget) {
        List<Turn> history = draft.query().rewriting().history();
        if (!model.isConfigured()) {
            draft.ask(FollowUpRule.standalone(history, draft.text()));
            return Uni.createFrom().voidItem();
        }
        return model.standalone(history, draft.text(), budget)
                .onFailure()
                .recoverWithItem(thrown -> {
                    model.leftOut(draft, thrown);
                    return FollowUpRule.standalone(history, draft.text());
                })
                .invoke(draft::ask)
                .replaceWithVoid();
    }
}
