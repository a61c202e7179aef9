package quintet.bench.modelserver;

import java.time.Duration;
import java.util.List;

/**
 * A completion as a client saw it.
 *
 * @param status of the answer; what follows is empty unless it is 200
 * @param firstToken from the request to the first text
 * @param gaps between the arrivals of pieces of text
 * @param total from the request to the end
 * @param tokens as the server counts them, or pieces of text if it does not
 * @param finished whether the stream said why it ended
 */
record Completion(int status, Duration firstToken, List<Duration> gaps, Duration total, int tokens, boolean finished) {
    /** An answer without a completion. */
    static Completion refused(int status) {
        return new Completion(status, Duration.ZERO, List.of(), Duration.ZERO, 0, false);
    }

    boolean ok() {
        return status == 200 && finished && tokens > 0;
    }
}
