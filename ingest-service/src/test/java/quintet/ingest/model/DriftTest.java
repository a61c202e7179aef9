package quintet.ingest.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(2);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(10);

    /** The registry: state and minutes in it, at version 3 with 5 chunks. The index: version, deleted, passages; or nothing. */
    @ParameterizedTest
    @CsvSource({
        "READY, 60, 3, false, 5, ",
        "READY, 60, , , , MISSING",
        "READY, 1, , , , ",
        "READY, 60, 2, true, 0, MISSING",
        "READY, 60, 2, false, 5, STALE",
        "READY, 60, 3, false, 4, INCOMPLETE",
        "READY, 60, 4, false, 5, AHEAD",
        "READY, 60, 4, true, 0, AHEAD",
        "DELETED, 60, , , , UNREMOVED",
        "DELETED, 5, , , , ",
        "DELETED, 60, 3, true, 0, UNREMOVED",
        "DELETED, 5, 2, false, 5, RESURRECTED",
        "DELETED, 1, 2, false, 5, ",
        "RECEIVED, 60, , , , STUCK",
        "RECEIVED, 5, , , , ",
        "PARSED, 60, 2, false, 5, STUCK",
        "CHUNKED, 60, , , , STUCK",
        "EMBEDDED, 60, 2, false, 5, STUCK",
        "CHUNKED, 5, 3, false, 5, UNTOLD",
        "FAILED, 5, 3, false, 5, UNTOLD",
        "FAILED, 60, , , , ",
        "FAILED, 60, 2, false, 5, ",
    })
    void comparesWhatBothSidesKnow(
            DocumentState state, int minutes, Long version, Boolean deleted, Integer passages, Drift drift) {
        IndexedDocument indexed = version == null ? null : new IndexedDocument("d", version, deleted, passages);

        assertThat(Drift.between(registered(state, minutes, 5, false), indexed, GRACE, STUCK_AFTER, NOW))
                .isEqualTo(Optional.ofNullable(drift));
    }

    @Test
    void waitsForWhatIsInTheOutbox() {
        assertThat(Drift.between(registered(DocumentState.READY, 60, 5, true), null, GRACE, STUCK_AFTER, NOW))
                .isEmpty();
    }

    @Test
    void expectsNothingOfAVersionWithoutChunks() {
        assertThat(Drift.between(registered(DocumentState.READY, 60, 0, false), null, GRACE, STUCK_AFTER, NOW))
                .isEmpty();
    }

    @Test
    void takesForUnknownOnlyWhatSearchesFind() {
        assertThat(Drift.between(null, new IndexedDocument("d", 1, false, 1), GRACE, STUCK_AFTER, NOW))
                .contains(Drift.UNKNOWN);
        assertThat(Drift.between(null, new IndexedDocument("d", 1, true, 0), GRACE, STUCK_AFTER, NOW))
                .isEmpty();
    }

    private static RegisteredDocument registered(DocumentState state, int minutes, int chunks, boolean waiting) {
        return new RegisteredDocument(
                DocumentRef.of("c", "d", 3),
                state,
                chunks,
                false,
                NOW.minus(Duration.ofMinutes(minutes)),
                waiting,
                0,
                Optional.empty());
    }
}
