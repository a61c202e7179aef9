package quintet.modelserver.pipeline;

import quintet.failure.Failure;
import quintet.modelserver.model.GenerationEvent;

/** Told of a completion as it comes, on the thread of the model: must not block. After the end nothing comes any more. */
interface CompletionListener {
    /** The next piece, or the end. */
    void on(GenerationEvent event);

    /** It ended badly. */
    void failed(Failure failure);
}
