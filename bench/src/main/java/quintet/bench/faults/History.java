package quintet.bench.faults;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import quintet.bench.faults.Operation.Kind;
import quintet.bench.faults.Operation.Outcome;

/**
 * Everything that was asked of one document, one request after the other, and what may have come of it.
 *
 * <p>A request without an answer may have happened, may happen later, or never. What decides is the version: the registry raises it by
 * one with each change, so a version above the last acknowledged one is the work of such a request, and the last acknowledged version
 * itself must be what was acknowledged.
 *
 * <p>Thread-safe.
 */
final class History {
    private final Map<Integer, Operation> operations = new TreeMap<>();

    /** Adds an operation, or what became of it. */
    synchronized void note(Operation operation) {
        operations.put(operation.number(), operation);
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations.values());
    }

    /** Returns the acknowledged operation with the highest version. */
    Optional<Operation> lastAcknowledged() {
        return operations().stream()
                .filter(operation -> operation.outcome() == Outcome.ACKNOWLEDGED)
                // Of two with the same version the later one changed nothing.
                .max(Comparator.comparingLong(Operation::version));
    }

    /** Tells whether a deletion may have come after an edition, so that finding nothing is right. */
    boolean mayBeDeletedAfter(int edition) {
        List<Operation> all = operations();
        int put = all.stream()
                .filter(operation -> operation.kind() == Kind.PUT && operation.edition() == edition)
                .mapToInt(Operation::number)
                .min()
                .orElse(0);
        return all.stream()
                .anyMatch(operation -> operation.kind() == Kind.DELETE
                        && operation.outcome() != Outcome.REFUSED
                        && (operation.isOpen() || operation.number() > put));
    }

    /** Returns the edition of a text; empty if it was never sent. */
    Optional<Integer> edition(String sha256) {
        return operations().stream()
                .filter(operation ->
                        operation.kind() == Kind.PUT && operation.sha256().equals(sha256))
                .map(Operation::edition)
                .findFirst();
    }

    /** Returns what is wrong with what the registry says, if anything is. */
    Optional<Violation> judge(Subject subject, Optional<Registered> found) {
        Optional<Operation> last = lastAcknowledged();
        if (found.isEmpty()) {
            return last.map(acknowledged ->
                    lost(subject, "the registry does not know it, acknowledged was " + describe(acknowledged)));
        }
        Registered registered = found.get();
        long version = last.map(Operation::version).orElse(0L);
        if (registered.version() < version) {
            return Optional.of(lost(
                    subject,
                    "the registry is at version %d, acknowledged was %s"
                            .formatted(registered.version(), describe(last.orElseThrow()))));
        }
        if (registered.version() == version) {
            Operation acknowledged = last.orElseThrow();
            return matches(acknowledged, registered)
                    ? Optional.empty()
                    : Optional.of(contradiction(subject, acknowledged, registered));
        }
        long unaccounted = operations().stream().filter(Operation::isOpen).count();
        boolean explained = registered.version() - version <= unaccounted
                && operations().stream().anyMatch(operation -> operation.isOpen() && matches(operation, registered));
        return explained
                ? Optional.empty()
                : Optional.of(new Violation(
                        Violation.Kind.RESURRECTED,
                        subject,
                        "version %d in state %s is of no request, the last acknowledged version is %d"
                                .formatted(registered.version(), registered.state(), version)));
    }

    private static Violation contradiction(Subject subject, Operation acknowledged, Registered registered) {
        String what = "acknowledged was %s, the registry has state %s and SHA-256 %s"
                .formatted(describe(acknowledged), registered.state(), registered.sha256());
        return acknowledged.kind() == Kind.DELETE
                ? new Violation(Violation.Kind.RESURRECTED, subject, what)
                : lost(subject, what);
    }

    private static boolean matches(Operation operation, Registered registered) {
        return operation.kind() == Kind.DELETE
                ? registered.isDeleted()
                : !registered.isDeleted() && registered.sha256().equals(operation.sha256());
    }

    private static Violation lost(Subject subject, String what) {
        return new Violation(Violation.Kind.LOST, subject, what);
    }

    private static String describe(Operation operation) {
        return operation.kind() == Kind.DELETE
                ? "the deletion as version " + operation.version()
                : "edition %d as version %d".formatted(operation.edition(), operation.version());
    }
}
