package quintet.retrieve.pipeline.rewriting;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.port.PassageView;

/** One way to make a query better before it is searched. */
interface RewriteStep {
    /** Returns what it is called where a search explains itself. */
    String name();

    /** Returns whether the caller asked for it. */
    boolean isWanted(Rewriting options);

    /**
     * Works on what earlier steps have made of the query.
     *
     * @param view what will be searched
     * @param budget time that the search has left
     */
    Uni<Void> apply(Draft draft, PassageView view, Duration budget);
}
