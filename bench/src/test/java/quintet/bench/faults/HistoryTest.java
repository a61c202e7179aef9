package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import quintet.bench.faults.Operation.Outcome;
import quintet.bench.faults.Violation.Kind;

class HistoryTest {
    private static final Subject SUBJECT = new Subject("c", 1);

    private final History history = new History();

    @Test
    void acceptsExactlyWhatWasAcknowledged() {
        put(1, Outcome.ACKNOWLEDGED, 1);
        put(2, Outcome.ACKNOWLEDGED, 2);

        assertThat(judge(2, "READY", "sha2")).isEmpty();
        assertThat(judge(2, "READY", "sha1")).contains(Kind.LOST);
        assertThat(judge(1, "READY", "sha1")).contains(Kind.LOST);
        assertThat(judge(3, "READY", "sha1")).contains(Kind.RESURRECTED);
        assertThat(history.judge(SUBJECT, Optional.empty()).map(Violation::kind))
                .contains(Kind.LOST);
    }

    @Test
    void acceptsBothEndsOfARequestWithoutAnAnswer() {
        put(1, Outcome.ACKNOWLEDGED, 1);
        put(2, Outcome.UNKNOWN, 0);

        assertThat(judge(1, "READY", "sha1")).isEmpty();
        assertThat(judge(2, "READY", "sha2")).isEmpty();
        assertThat(judge(2, "READY", "sha1")).contains(Kind.RESURRECTED);
        assertThat(judge(3, "READY", "sha2")).as("one request, two versions").contains(Kind.RESURRECTED);
    }

    @Test
    void acceptsALateRequestOnlyAsAVersionOfItsOwn() {
        put(1, Outcome.ACKNOWLEDGED, 1);
        put(2, Outcome.UNKNOWN, 0);
        put(3, Outcome.ACKNOWLEDGED, 2);

        assertThat(judge(3, "READY", "sha2")).as("came after the third").isEmpty();
        assertThat(judge(2, "READY", "sha3")).isEmpty();
        assertThat(judge(2, "READY", "sha2")).contains(Kind.LOST);
    }

    @Test
    void acceptsThatAFirstRequestWithoutAnAnswerNeverHappened() {
        put(1, Outcome.UNKNOWN, 0);

        assertThat(history.judge(SUBJECT, Optional.empty())).isEmpty();
        assertThat(judge(1, "READY", "sha1")).isEmpty();
    }

    @Test
    void holdsADeletionToItsWord() {
        put(1, Outcome.ACKNOWLEDGED, 1);
        history.note(Operation.delete(2).settled(Outcome.ACKNOWLEDGED, 2));

        assertThat(judge(2, "DELETED", "sha1")).isEmpty();
        assertThat(judge(2, "READY", "sha1")).contains(Kind.RESURRECTED);
        assertThat(judge(1, "READY", "sha1")).contains(Kind.LOST);
        assertThat(judge(3, "READY", "sha1")).contains(Kind.RESURRECTED);
    }

    @Test
    void countsARefusedRequestAsNone() {
        put(1, Outcome.ACKNOWLEDGED, 1);
        put(2, Outcome.REFUSED, 0);

        assertThat(judge(2, "READY", "sha2")).contains(Kind.RESURRECTED);
    }

    @Test
    void knowsWhenNothingMayBeFound() {
        put(1, Outcome.ACKNOWLEDGED, 1);
        assertThat(history.mayBeDeletedAfter(1)).isFalse();

        history.note(Operation.delete(2));
        assertThat(history.mayBeDeletedAfter(1)).as("on its way").isTrue();

        history.note(Operation.delete(2).settled(Outcome.ACKNOWLEDGED, 2));
        put(3, Outcome.ACKNOWLEDGED, 3);
        assertThat(history.mayBeDeletedAfter(1)).isTrue();
        assertThat(history.mayBeDeletedAfter(3)).as("deleted before, put after").isFalse();
    }

    private void put(int number, Outcome outcome, long version) {
        history.note(Operation.put(number, number, "sha" + number).settled(outcome, version));
    }

    private Optional<Kind> judge(long version, String state, String sha256) {
        return history.judge(SUBJECT, Optional.of(new Registered(version, state, sha256, 1, "")))
                .map(Violation::kind);
    }
}
