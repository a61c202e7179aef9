package quintet.retrieve.pipeline.rewriting;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.port.PassageView;

/**
 * Pseudo-relevance feedback (RM3): words of the first passages that the query's words find are searched beside them.
 *
 * @param passages how many are looked at
 * @param words how many are searched
 * @param share of all weight that they get together, above 0 and below 1
 */
record Feedback(int passages, int words, double share) implements RewriteStep {
    @Override
    public String name() {
        return "feedback";
    }

    @Override
    public boolean isWanted(Rewriting options) {
        return options.feedback();
    }

    @Override
    public Uni<Void> apply(Draft draft, PassageView view, Duration budget) {
        return draft.query().mode() == SearchMode.DENSE
                ? Uni.createFrom().voidItem()
                : view.matching(draft.words(), draft.query().filter(), passages)
                        .flatMap(found -> view.feedback(draft.text(), found.candidates(), words, share))
                        .invoke(more -> draft.read(draft.text(), more))
                        .replaceWithVoid();
    }
}
