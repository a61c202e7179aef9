package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.generate.model.Asker;
import quintet.generate.model.Completion;
import quintet.generate.model.Deadline;
import quintet.generate.model.Message;
import quintet.generate.model.Priority;
import quintet.generate.model.ReplicaLoad;
import quintet.generate.port.ModelReplica;

class AdmissionTest {
    private final FakeReplica first = new FakeReplica("a:1");
    private final FakeReplica second = new FakeReplica("b:1");

    @Test
    void sendsPromptsWithTheSamePrefixToTheSameServerWithinTheBound() {
        Admission admission = admission(Map.of("load-bound", "1.5"));
        Map<String, Integer> servers = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            Ticket ticket = admission.enter(order("t", Priority.INTERACTIVE, 100));
            servers.merge(granted(ticket), 1, Integer::sum);
            admission.close(ticket);
        }
        assertThat(servers).hasSize(1);
        for (int i = 0; i < 100; i++) {
            servers.merge(granted(admission.enter(order("t", Priority.INTERACTIVE, 100))), 1, Integer::sum);
        }
        assertThat(servers).hasSize(2);
    }

    @Test
    void letsOthersWaitAndServesTenantsInFairTurns() {
        Admission admission = admission(Map.of("streams-per-replica", "1"));
        Ticket a = admission.enter(order("busy", Priority.INTERACTIVE, 100));
        Ticket b = admission.enter(order("busy", Priority.INTERACTIVE, 100));
        UniAssertSubscriber<Member> busy = wait(admission, "busy", Priority.INTERACTIVE);
        UniAssertSubscriber<Member> other = wait(admission, "other", Priority.INTERACTIVE);
        UniAssertSubscriber<Member> batch = wait(admission, "third", Priority.BATCH);
        busy.assertNotTerminated();
        admission.close(a);
        other.assertCompleted();
        busy.assertNotTerminated();
        admission.close(b);
        busy.assertCompleted();
        batch.assertNotTerminated();
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void leavesRoomForThoseForWhomSomebodyWaits() {
        Admission admission = new Admission(
                List.of(first), 100, TestGateway.config(Map.of("streams-per-replica", "5", "batch-share", "0.8")));
        for (int i = 0; i < 4; i++) {
            var _ = granted(admission.enter(order("t", Priority.BATCH, 10)));
        }
        UniAssertSubscriber<Member> batch = wait(admission, "t", Priority.BATCH);
        batch.assertNotTerminated();
        var _ = granted(admission.enter(order("t", Priority.INTERACTIVE, 10)));
    }

    @Test
    void refusesAtOnceWhatWouldWaitTooLongAndSaysWhenToComeAgain() {
        Admission admission = admission(Map.of("streams-per-replica", "1", "max-wait", "5s"));
        // A token takes 20 ms, so 100 tokens take 2 s.
        admission.completed(50, 50, Duration.ofSeconds(2));
        for (int i = 0; i < 2; i++) {
            var _ = granted(admission.enter(order("t", Priority.INTERACTIVE, 100)));
        }
        // Two servers: each of those that wait is done in a second.
        for (int i = 0; i < 5; i++) {
            assertThat(admission.refusal(order("t", Priority.INTERACTIVE, 100))).isEmpty();
            wait(admission, "t", Priority.INTERACTIVE).assertNotTerminated();
        }
        Failure refusal =
                admission.refusal(order("t", Priority.INTERACTIVE, 100)).orElseThrow();
        assertThat(refusal.kind()).isEqualTo(Failure.Kind.OVERLOADED);
        assertThat(refusal.reason()).isEqualTo("MODEL_SERVER_OVERLOADED");
        assertThat(refusal.message()).contains("would wait about 6000 ms", "at most 5000 ms");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(failure(admission.enter(order("t", Priority.INTERACTIVE, 100)))
                        .message())
                .isEqualTo(refusal.message());
        // Another tenant has nothing waiting, so it would be next, and a small prompt is done sooner.
        assertThat(admission.refusal(order("other", Priority.INTERACTIVE, 100))).isEmpty();
    }

    @Test
    void countsTheTimeOfTheAnswerItself() {
        Admission admission = admission(Map.of("streams-per-replica", "1"));
        admission.completed(50, 50, Duration.ofSeconds(2));
        for (int i = 0; i < 2; i++) {
            var _ = granted(admission.enter(order("t", Priority.INTERACTIVE, 100)));
        }
        Order late = new Order(new Asker("t", Priority.INTERACTIVE), 7, 100, Deadline.after(Duration.ofMillis(2_500)));
        assertThat(admission.refusal(late)).isPresent();
        Order shorter =
                new Order(new Asker("t", Priority.INTERACTIVE), 7, 50, Deadline.after(Duration.ofMillis(2_500)));
        assertThat(admission.refusal(shorter)).isEmpty();
    }

    @Test
    void refusesMoreThanTheBoundOfThoseThatWaitAndEndsTheWaitInTime() {
        Admission admission = admission(Map.of("streams-per-replica", "1", "max-queued", "1", "max-wait", "50ms"));
        for (int i = 0; i < 2; i++) {
            var _ = granted(admission.enter(order("t", Priority.INTERACTIVE, 100)));
        }
        Ticket waiting = admission.enter(order("t", Priority.INTERACTIVE, 100));
        assertThat(failure(admission.enter(order("t", Priority.INTERACTIVE, 100)))
                        .message())
                .contains("1 prompts wait");
        assertThat(failure(waiting).message()).contains("waited 50 ms for its turn");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void forgetsWhoLeavesWhileWaiting() {
        Admission admission = admission(Map.of("streams-per-replica", "1"));
        Ticket a = admission.enter(order("t", Priority.INTERACTIVE, 100));
        var _ = granted(admission.enter(order("t", Priority.INTERACTIVE, 100)));
        Ticket gone = admission.enter(order("t", Priority.INTERACTIVE, 100));
        admission.close(gone);
        assertThat(admission.waiting()).isZero();
        admission.close(a);
        admission.close(a);
        assertThat(admission.members().stream().mapToInt(Member::streams).sum()).isEqualTo(1);
    }

    @Test
    void leavesAServerAloneThatFailsAndTakesItBack() {
        Admission admission = admission(Map.of("failures-to-eject", "2", "ejection", "10ms"));
        Member failing = admission.members().getFirst();
        second.load = ReplicaLoad.bare(false, 1);
        Failure failure = Failure.unavailable("MODEL_SERVER_UNAVAILABLE", "gone", null);
        admission.failed(failing, failure);
        admission.failed(failing, failure);
        assertThat(failure(admission.enter(order("t", Priority.INTERACTIVE, 100)))
                        .reason())
                .isEqualTo("MODEL_SERVER_UNAVAILABLE");
        second.load = ReplicaLoad.bare(true, 2);
        assertThat(granted(admission.enter(order("t", Priority.INTERACTIVE, 100))))
                .isEqualTo("b:1");
        admission.succeeded(failing);
        assertThat(failing.available(System.nanoTime())).isTrue();
    }

    @Test
    void startsThoseThatWaitWhenAServerComesBack() {
        Admission admission = admission(Map.of("streams-per-replica", "1"));
        second.load = ReplicaLoad.bare(false, 1);
        var _ = granted(admission.enter(order("t", Priority.INTERACTIVE, 100)));
        UniAssertSubscriber<Member> waiting = wait(admission, "t", Priority.INTERACTIVE);
        waiting.assertNotTerminated();
        second.load = ReplicaLoad.bare(true, 2);
        admission.look();
        waiting.assertCompleted();
    }

    @Test
    void movesToAnotherServerAndToTheSameOneOnlyIfAllowed() {
        Admission admission = admission(Map.of());
        Ticket ticket = admission.enter(order("t", Priority.INTERACTIVE, 100));
        String before = granted(ticket);
        Member other = admission.move(ticket, false);
        assertThat(other.replica().name()).isNotEqualTo(before);
        first.load = ReplicaLoad.bare(before.equals("b:1"), 1);
        second.load = ReplicaLoad.bare(before.equals("a:1"), 1);
        Ticket alone = admission.enter(order("t", Priority.INTERACTIVE, 100));
        Member own = alone.member;
        assertThat(admission.move(alone, false)).isNull();
        assertThat(admission.move(alone, true)).isSameAs(own);
        admission.close(alone);
        admission.close(ticket);
        assertThat(admission.members().stream().mapToLong(Member::tokens).sum()).isZero();
    }

    private Admission admission(Map<String, String> values) {
        return new Admission(List.of(first, second), 100, TestGateway.config(values));
    }

    private static UniAssertSubscriber<Member> wait(Admission admission, String tenant, Priority priority) {
        return admission
                .enter(order(tenant, priority, 100))
                .granted()
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static String granted(Ticket ticket) {
        return ticket.granted()
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertCompleted()
                .getItem()
                .replica()
                .name();
    }

    private static Failure failure(Ticket ticket) {
        return Failure.of(ticket.granted()
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitFailure(Duration.ofSeconds(10))
                .getFailure());
    }

    private static Order order(String tenant, Priority priority, long price) {
        return new Order(new Asker(tenant, priority), 7, price, Deadline.after(Duration.ofSeconds(60)));
    }

    private static final class FakeReplica implements ModelReplica {
        private final String name;
        private volatile ReplicaLoad load = ReplicaLoad.UNKNOWN;

        FakeReplica(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public ReplicaLoad load() {
            return load;
        }

        @Override
        public Multi<Completion> complete(List<Message> prompt, Patience patience) {
            return Multi.createFrom().nothing();
        }
    }
}
