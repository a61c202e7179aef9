package quintet.local.part;

import java.time.Instant;

/**
 * What is known about a part.
 *
 * @param name short and unique
 * @param state where it is
 * @param detail what it is doing or why it failed; empty if there is nothing to say
 * @param pid its process, 0 if none
 * @param port where it listens on the loopback address, 0 if nowhere
 * @param restarts how often it died and came back
 * @param since when it came into this state
 */
public record PartStatus(String name, PartState state, String detail, long pid, int port, int restarts, Instant since) {
    /** A part that nothing has happened to. */
    public static PartStatus waiting(String name, int port) {
        return new PartStatus(name, PartState.WAITING, "", 0, port, 0, Instant.now());
    }

    /** The same part in another state. */
    public PartStatus in(PartState next, String nextDetail) {
        return new PartStatus(name, next, nextDetail, pid, port, restarts, Instant.now());
    }

    /** The same part in another process. */
    public PartStatus withPid(long next) {
        return new PartStatus(name, state, detail, next, port, restarts, since);
    }

    /** The same part, having died once more. */
    public PartStatus restarted() {
        return new PartStatus(name, state, detail, pid, port, restarts + 1, since);
    }
}
