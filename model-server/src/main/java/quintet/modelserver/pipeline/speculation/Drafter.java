package quintet.modelserver.pipeline.speculation;

import java.util.List;
import quintet.modelserver.model.Tokens;

/** Guesses the next tokens of several texts. A wrong guess costs time and nothing else. */
public interface Drafter extends AutoCloseable {
    /** Returns a guess for each text, in their order; one without tokens where there is nothing to guess from. */
    List<Tokens> draft(List<Continuation> texts);

    /** Frees what it holds. */
    @Override
    default void close() {}
}
