package quintet.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that cannot be mistaken for another one: a pid is reused, a pid together with its start is not.
 *
 * @param pid the operating system's number
 * @param start when it started, as the operating system tells; it may wobble when the clock is set
 */
public record ProcessIdentity(long pid, Instant start) {
    /** How far apart two readings of the same start may be: Linux derives it from a boot time of whole seconds. */
    private static final Duration WOBBLE = Duration.ofSeconds(2);

    /** Identity of a process; its start is now if the operating system does not tell. */
    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), process.info().startInstant().orElseGet(Instant::now));
    }

    /** The process, if it is still the same one and alive. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(Processes::isAlive).filter(this::isMe);
    }

    private boolean isMe(ProcessHandle process) {
        return process.info()
                .startInstant()
                .filter(seen -> Duration.between(start, seen).abs().compareTo(WOBBLE) <= 0)
                .isPresent();
    }
}
