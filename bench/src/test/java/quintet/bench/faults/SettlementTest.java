package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quintet.bench.faults.Operation.Outcome;
import quintet.bench.faults.Sighting.Found;
import quintet.bench.faults.Violation.Kind;

class SettlementTest {
    private static final Subject SUBJECT = new Subject("c", 1);
    private static final Sighting NOTHING = new Sighting(List.of());

    @Test
    void wantsWhatTheRegistryCallsReadyToBeFound() {
        assertThat(compare("READY", found(2, 2))).isEmpty();
        assertThat(compare("READY", NOTHING)).contains(Kind.LOST);
        assertThat(compare("READY", found(1, 1))).as("the version before").contains(Kind.LOST);
        assertThat(compare("READY", found(2, 1))).as("the text before").contains(Kind.MIXED);
    }

    @Test
    void wantsNothingToBeFoundOfADeletedDocument() {
        assertThat(compare("DELETED", NOTHING)).isEmpty();
        assertThat(compare("DELETED", found(1, 1))).contains(Kind.RESURRECTED);
    }

    @Test
    void tellsWhatIsStuckFromWhatFailed() {
        assertThat(compare("CHUNKED", NOTHING)).contains(Kind.STUCK);
        assertThat(compare("FAILED", NOTHING)).contains(Kind.FAILED);
    }

    private static Optional<Kind> compare(String state, Sighting sighting) {
        History history = new History();
        history.note(Operation.put(1, 1, "sha1").settled(Outcome.ACKNOWLEDGED, 1));
        history.note(Operation.put(2, 2, "sha2").settled(Outcome.ACKNOWLEDGED, 2));
        Registered registered = new Registered(2, state, "sha2", 1, "");
        return Settlement.compare(SUBJECT, history, Optional.of(registered), sighting)
                .map(Violation::kind);
    }

    private static Sighting found(long version, int edition) {
        return new Sighting(List.of(new Found(version, 0, Set.of(edition), Set.of(0, 1, 2, 3))));
    }
}
