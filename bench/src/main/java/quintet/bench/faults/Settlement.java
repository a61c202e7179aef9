package quintet.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.bench.report.Progress;

/**
 * Compares, when the load is over and every fault is past, what the log says with what the registry says, and that with what searches
 * find. What does not fit yet is looked at again until the time for recovery is over.
 */
final class Settlement {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Door door;
    private final Violations violations;
    private final Progress progress;

    Settlement(Door door, Violations violations, Progress progress) {
        this.door = door;
        this.violations = violations;
        this.progress = progress;
    }

    /**
     * Judges every document.
     *
     * @param atMost time that the suite has to bring everything to its end
     * @return how long it took until everything fitted, or the whole time if something never did
     */
    Duration await(Map<Subject, History> histories, Duration atMost) throws InterruptedException {
        long begun = System.nanoTime();
        Map<Subject, History> open = new HashMap<>(histories);
        while (true) {
            Map<Subject, List<Violation>> wrong = new HashMap<>();
            for (Map.Entry<Subject, History> each : open.entrySet()) {
                List<Violation> found = judge(each.getKey(), each.getValue());
                if (!found.isEmpty()) {
                    wrong.put(each.getKey(), found);
                }
            }
            open.keySet().retainAll(wrong.keySet());
            progress.show("settled", histories.size() - open.size(), histories.size());
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            if (open.isEmpty() || taken.compareTo(atMost) > 0) {
                wrong.values().forEach(each -> each.forEach(violations::add));
                return taken;
            }
            Thread.sleep(POLL);
        }
    }

    private List<Violation> judge(Subject subject, History history) throws InterruptedException {
        Door.Reply registry = door.get(subject);
        Door.Reply search = door.search(subject);
        if (!(registry.isSuccess() || registry.status() == 404) || !search.isSuccess()) {
            return List.of(new Violation(
                    Violation.Kind.LOST,
                    subject,
                    "registry and search answered %d and %d".formatted(registry.status(), search.status())));
        }
        Optional<Registered> registered =
                registry.isSuccess() ? Optional.of(Registered.of(registry.body())) : Optional.empty();
        Sighting sighting = Sighting.of(subject, search.body());
        List<Violation> wrong = new ArrayList<>();
        history.judge(subject, registered).ifPresent(wrong::add);
        wrong.addAll(sighting.flaws(subject));
        if (wrong.isEmpty()) {
            compare(subject, history, registered, sighting).ifPresent(wrong::add);
        }
        return wrong;
    }

    /** Compares what the registry says with what a search finds. */
    static Optional<Violation> compare(
            Subject subject, History history, Optional<Registered> registered, Sighting sighting) {
        if (registered.isEmpty() || registered.get().isDeleted()) {
            return sighting.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Violation(
                            Violation.Kind.RESURRECTED,
                            subject,
                            "it is deleted and a search finds version " + sighting.version()));
        }
        Registered now = registered.get();
        if (now.isFailed()) {
            return Optional.of(new Violation(
                    Violation.Kind.FAILED, subject, "version %d: %s".formatted(now.version(), now.failure())));
        }
        if (!now.isReady()) {
            return Optional.of(new Violation(
                    Violation.Kind.STUCK, subject, "version %d stays %s".formatted(now.version(), now.state())));
        }
        if (sighting.isEmpty() || sighting.version() != now.version()) {
            return Optional.of(new Violation(
                    Violation.Kind.LOST,
                    subject,
                    "version %d is READY and a search finds %s"
                            .formatted(
                                    now.version(), sighting.isEmpty() ? "nothing" : "version " + sighting.version())));
        }
        if (!sighting.edition().equals(history.edition(now.sha256()))
                || sighting.passages().size() != now.chunkCount()) {
            return Optional.of(new Violation(
                    Violation.Kind.MIXED,
                    subject,
                    "version %d has edition %s in %d passages, a search finds edition %s in %d"
                            .formatted(
                                    now.version(),
                                    history.edition(now.sha256()),
                                    now.chunkCount(),
                                    sighting.edition(),
                                    sighting.passages().size())));
        }
        return Optional.empty();
    }
}
