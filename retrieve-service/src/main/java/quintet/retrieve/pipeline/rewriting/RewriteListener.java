package quintet.retrieve.pipeline.rewriting;

import java.time.Duration;
import quintet.retrieve.model.RewrittenQuery;

/** Is told what each step of rewriting made of a query. */
public interface RewriteListener {
    /** Takes a step that was taken: what was to be searched before and after it, and how long it took. */
    void took(String step, RewrittenQuery before, RewrittenQuery after, Duration time);
}
