package quintet.retrieve.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.explanation.Explanation;
import quintet.retrieve.model.explanation.LeftOut;
import quintet.retrieve.pipeline.Ranking.Ranked;
import quintet.retrieve.pipeline.rewriting.RewriteListener;
import quintet.retrieve.port.PassageView;

/** Is told what a search does while it does it. Queries are named by their position among those that are searched side by side. */
interface SearchTrace {
    /** Takes no notice, which is what a search has that was not asked to explain itself. */
    SearchTrace NONE = new SearchTrace() {};

    /** Returns the view that the search uses. */
    default PassageView view(PassageView view) {
        return view;
    }

    /** Returns what the steps of rewriting are told to. */
    default Optional<RewriteListener> rewriting() {
        return Optional.empty();
    }

    /** Takes what will be searched. */
    default void rewritten(RewrittenQuery query, Duration took) {}

    /** Takes what is searched anew, since filters that were recognised left nothing. */
    default void unrestricted(RewrittenQuery query) {}

    /** Takes how the lists of a query became one. */
    default void fused(int query, ScoreFusion method, List<ScorePair> union, Duration took) {}

    /** Takes what a query found. */
    default void ranked(int query, Ranking ranking) {}

    /** Takes the ranking of all queries together. */
    default void joined(Ranking ranking) {}

    /** Takes the ranking in the order in which it is loaded. */
    default void arranged(Ranking ranking, Duration took) {}

    /** Takes a candidate that was left out while hits were loaded, and what for: a document, or the chunk that shows it. */
    default void leftOut(Ranked candidate, LeftOut.Rule rule, String because) {}

    /** Returns what the search did. */
    default Optional<Explanation> finish(List<Hit> hits, Duration load, Duration total) {
        return Optional.empty();
    }
}
