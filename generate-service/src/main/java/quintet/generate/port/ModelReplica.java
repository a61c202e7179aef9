package quintet.generate.port;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import quintet.generate.model.Completion;
import quintet.generate.model.Message;
import quintet.generate.model.ReplicaLoad;

/** One of the model servers that serve the same model. */
public interface ModelReplica {
    /**
     * How long a stream is waited for.
     *
     * @param first until the first token
     * @param between between two tokens; the clock stands still while nobody asks for one
     */
    record Patience(Duration first, Duration between) {}

    /** Returns its name in logs and metrics, such as {@code gpu-1:8000}. */
    String name();

    /** Returns what it last said about itself; never waits. */
    ReplicaLoad load();

    /**
     * Completes a prompt, once per subscription. Cancelling ends the work on the server within milliseconds. Of what the server
     * sends only as much is read as is asked for.
     *
     * @return deltas, then one {@link Completion.Finished}; fails with {@code MODEL_SERVER_UNAVAILABLE}, with
     *     {@code MODEL_SERVER_OVERLOADED} if the server refuses for load, or with {@code MODEL_SERVER_REFUSED} if no server of the kind
     *     would take this prompt
     */
    Multi<Completion> complete(List<Message> prompt, Patience patience);
}
