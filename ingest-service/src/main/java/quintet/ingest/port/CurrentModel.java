package quintet.ingest.port;

import quintet.failure.Failure;
import quintet.ingest.model.VectorModel;

/** The model that this installation embeds with. */
public interface CurrentModel {
    /** Asks for it. Blocking, with a deadline. Fails with {@link Failure.Kind#UNAVAILABLE} if nobody answers. */
    VectorModel get();
}
