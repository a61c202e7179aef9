package quintet.bench.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quintet.bench.report.Progress;

/** The broken promises of a run, each said at once. Thread-safe. */
final class Violations {
    private final Progress progress;
    private final List<Violation> found = new ArrayList<>();

    Violations(Progress progress) {
        this.progress = progress;
    }

    synchronized void add(Violation violation) {
        found.add(violation);
        progress.say("  VIOLATION " + violation);
    }

    synchronized List<Violation> all() {
        return List.copyOf(found);
    }

    /** Returns how many there are of each kind, none left out. */
    synchronized Map<Violation.Kind, Long> counts() {
        Map<Violation.Kind, Long> counts = new EnumMap<>(Violation.Kind.class);
        for (Violation.Kind kind : Violation.Kind.values()) {
            counts.put(
                    kind,
                    found.stream().filter(violation -> violation.kind() == kind).count());
        }
        return counts;
    }
}
