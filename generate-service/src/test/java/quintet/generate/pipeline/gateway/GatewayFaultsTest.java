package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.failure.Failure;
import quintet.generate.adapter.openai.TestReplicas;
import quintet.generate.model.Completion;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Pace;
import quintet.mock.Dialect;
import quintet.mock.Fault;
import quintet.mock.MockModelServer;
import quintet.mock.Script;

/** What model servers and readers can do to the gateway: real connections, scripted servers. */
class GatewayFaultsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Script ANSWER = Script.of(List.of("It", " is", " so", "."));

    private final List<MockModelServer> servers = new ArrayList<>();
    private TestReplicas replicas;

    @AfterAll
    static void closeAll() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        if (replicas != null) {
            replicas.close();
        }
        servers.forEach(MockModelServer::close);
    }

    @Test
    void passesTokensOnAndSaysHowFastTheyCame() {
        GatewayChatModel model = gateway(Map.of(), server(4, ANSWER.finishing("length")));
        List<Completion> answer = ask(model).awaitCompletion(LONG).getItems();
        assertThat(text(answer)).isEqualTo("It is so.");
        Completion.Finished end = (Completion.Finished) answer.getLast();
        assertThat(end.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(end.usage().completionTokens()).isEqualTo(4);
        Pace pace = end.pace().orElseThrow();
        assertThat(pace.firstToken()).isPositive();
        assertThat(pace.tokensPerSecond()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stalls", "mute", "dies", "breaks off", "429", "503", "errs"})
    void asksAnotherServerAsLongAsNothingWasSent(String how) {
        Fault fault = switch (how) {
            case "stalls" -> new Fault.Stall(0);
            case "mute" -> new Fault.Mute();
            case "dies" -> new Fault.Die(0);
            case "breaks off" -> new Fault.BreakOff(0);
            case "429" -> new Fault.Refuse(429, 1);
            case "503" -> new Fault.Refuse(503, -1);
            default -> new Fault.SayError(0, "engine dead");
        };
        MockModelServer faulty = server(4, ANSWER.failing(fault));
        MockModelServer sound = server(4, ANSWER);
        GatewayChatModel model =
                gateway(Map.of("first-token-timeout", "2s", "failures-to-eject", "1000"), faulty, sound);
        // Whose turn it is depends on the prompt: some begin at the faulty one.
        for (int i = 0; faulty.counts().started() + faulty.counts().refused() == 0; i++) {
            assertThat(i).isLessThan(100);
            assertThat(text(ask(model, "question " + i).awaitCompletion(LONG).getItems()))
                    .isEqualTo("It is so.");
        }
        await(() -> faulty.counts().running() == 0);
    }

    @Test
    void failsWithTheReasonWhenThereIsNoOtherServer() {
        GatewayChatModel model =
                gateway(Map.of("first-token-timeout", "300ms"), server(4, ANSWER.failing(new Fault.Stall(0))));
        Failure failure = failure(ask(model));
        assertThat(failure.reason()).isEqualTo("MODEL_SERVER_UNAVAILABLE");
        assertThat(failure.message()).contains("no first token for");
        await(() -> servers.getFirst().counts().running() == 0);
    }

    @Test
    void endsAndFreesTheSlotWhenAServerStallsInTheMiddle() {
        MockModelServer stalls = server(4, ANSWER.failing(new Fault.Stall(2)));
        GatewayChatModel model = gateway(Map.of("between-tokens-timeout", "200ms"), stalls);
        AssertSubscriber<Completion> answer = ask(model);
        Failure failure = failure(answer);
        assertThat(failure.message()).contains("no further token for 200 ms");
        assertThat(text(answer.getItems())).isEqualTo("It is");
        await(() -> stalls.counts().running() == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverRepeatsAnAnswerThatHasBegun(boolean dies) {
        Fault fault = dies ? new Fault.Die(3) : new Fault.BreakOff(3);
        GatewayChatModel model = gateway(Map.of(), server(4, ANSWER.failing(fault)), server(4, ANSWER.failing(fault)));
        AssertSubscriber<Completion> answer = ask(model);
        assertThat(failure(answer).message()).contains("broke off");
        assertThat(text(answer.getItems())).isEqualTo("It is so");
        assertThat(servers.stream().mapToLong(s -> s.counts().started()).sum()).isEqualTo(1);
    }

    @Test
    void doesNotBlameAServerForAPromptThatNoneWouldTake() {
        MockModelServer refuses = server(4, ANSWER.failing(new Fault.Refuse(400, -1)));
        GatewayChatModel model = gateway(Map.of("failures-to-eject", "1"), refuses);
        for (int i = 1; i <= 3; i++) {
            Failure failure = failure(ask(model));
            assertThat(failure.reason()).isEqualTo("MODEL_SERVER_REFUSED");
            assertThat(failure.message()).contains("status 400: refused by the script");
            assertThat(refuses.counts().refused()).isEqualTo(i);
        }
    }

    @Test
    void freesTheSlotWithin100MillisecondsOfAClientLeaving() {
        MockModelServer endless = server(4, Script.words(100_000).paced(Duration.ZERO, Duration.ofMillis(5)));
        GatewayChatModel model = gateway(Map.of(), endless);
        long fastest = Long.MAX_VALUE;
        // What a busy machine adds is none of the gateway's: the fastest of five counts.
        for (int i = 1; i <= 5; i++) {
            AssertSubscriber<Completion> answer = ask(model).awaitNextItem(LONG);
            long left = System.nanoTime();
            answer.cancel();
            int gone = i;
            await(() -> endless.cancellations().size() == gone);
            fastest = Math.min(fastest, endless.cancellations().getLast().atNanos() - left);
        }
        assertThat(fastest).isLessThan(100_000_000L);
        assertThat(endless.counts().running()).isZero();
    }

    @Test
    void givesUpAServerThatHasSentNothingYetWhenTheClientLeaves() {
        MockModelServer mute = server(4, ANSWER.failing(new Fault.Mute()));
        AssertSubscriber<Completion> answer = ask(gateway(Map.of(), mute));
        await(() -> mute.counts().running() == 1);
        answer.cancel();
        await(() -> mute.counts().cancelled() == 1);
    }

    @Test
    void holdsTheServerBackForASlowReaderAndOthersGoOn() {
        int tokens = 400_000;
        MockModelServer server = server(4, Script.words(tokens));
        GatewayChatModel model = gateway(Map.of("between-tokens-timeout", "100ms"), server);
        AssertSubscriber<Completion> slow = AssertSubscriber.create(1);
        model.complete(TestGateway.task("slow", LONG)).subscribe().withSubscriber(slow);
        slow.awaitItems(1, LONG);
        long sent = steady(server);
        // The buffers of the two sockets, not the whole answer; and a slow reader is no stall of the server.
        assertThat(sent).isLessThan(tokens / 2);
        assertThat(slow.getItems()).hasSize(1);
        AssertSubscriber<Completion> other = AssertSubscriber.create(1_000);
        model.complete(TestGateway.task("quick", LONG)).subscribe().withSubscriber(other);
        other.awaitItems(1_000, LONG);
        slow.assertNotTerminated();
        slow.request(100).awaitItems(101, LONG);
        slow.cancel();
        other.cancel();
        await(() -> server.counts().running() == 0);
    }

    @Test
    void keepsItsGoodputAtThreeTimesItsCapacityAndRefusesTheRestQuickly() {
        Script script = Script.words(10).paced(Duration.ofMillis(20), Duration.ofMillis(20));
        GatewayChatModel model =
                gateway(Map.of("streams-per-replica", "4", "max-wait", "300ms"), server(4, script), server(4, script));
        double best = 0;
        for (int round = 0; round < 5 && best < 0.95; round++) {
            Load atCapacity = Load.run(model, 8);
            Load overloaded = Load.run(model, 24);
            best = Math.max(best, overloaded.tokensPerSecond() / atCapacity.tokensPerSecond());
            assertThat(atCapacity.refused()).isZero();
            assertThat(overloaded.slowestRefusal()).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(best).isGreaterThanOrEqualTo(0.95);
        for (MockModelServer server : servers) {
            // No work was thrown away: what was begun was finished.
            assertThat(server.counts().tokens()).isEqualTo(10 * server.counts().completed());
            assertThat(server.counts().mostRunning()).isEqualTo(4);
            assertThat(server.counts().waiting()).isZero();
        }
    }

    @Test
    void survivesARollingRestartWithoutAFailure() throws Exception {
        Script script = Script.words(5).paced(Duration.ofMillis(5), Duration.ofMillis(5));
        MockModelServer[] all = {server(64, script), server(64, script), server(64, script)};
        GatewayChatModel model = gateway(Map.of("ejection", "20ms"), all);
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Long>> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int client = i;
            clients.add(CompletableFuture.supplyAsync(
                    () -> {
                        long answers = 0;
                        while (!stop.get()) {
                            ask(model, "client " + client + " question " + answers)
                                    .awaitCompletion(LONG);
                            answers++;
                        }
                        return answers;
                    },
                    VIRTUAL));
        }
        for (MockModelServer server : all) {
            long before = server.counts().completed();
            await(() -> server.counts().completed() > before);
            server.drain().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            server.start(server.port());
            await(() -> replicas.replicas().all().stream()
                    .allMatch(
                            replica -> replica.load().ready() && replica.load().look() > 0));
            long after = server.counts().completed();
            await(() -> server.counts().completed() > after);
        }
        stop.set(true);
        for (CompletableFuture<Long> client : clients) {
            assertThat(client.get(60, TimeUnit.SECONDS)).isPositive();
        }
    }

    /** What so many clients get who each ask again at once, and after a refusal a little later. */
    private record Load(double tokensPerSecond, long refused, Duration slowestRefusal) {
        static Load run(GatewayChatModel model, int clients) {
            long begun = System.nanoTime();
            long end = begun + Duration.ofMillis(1500).toNanos();
            List<CompletableFuture<long[]>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                all.add(CompletableFuture.supplyAsync(() -> client(model, client, end), VIRTUAL));
            }
            long tokens = 0;
            long refused = 0;
            long slowest = 0;
            for (CompletableFuture<long[]> client : all) {
                long[] counts = client.join();
                tokens += counts[0];
                refused += counts[1];
                slowest = Math.max(slowest, counts[2]);
            }
            return new Load(tokens * 1e9 / (System.nanoTime() - begun), refused, Duration.ofNanos(slowest));
        }

        private static long[] client(GatewayChatModel model, int client, long end) {
            long[] counts = new long[3];
            for (int i = 0; System.nanoTime() < end; i++) {
                long asked = System.nanoTime();
                try {
                    counts[0] += model.complete(TestGateway.task("client %d question %d".formatted(client, i), LONG))
                                    .collect()
                                    .asList()
                                    .await()
                                    .atMost(LONG)
                                    .size()
                            - 1;
                } catch (Failure failure) {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERLOADED);
                    counts[1]++;
                    counts[2] = Math.max(counts[2], System.nanoTime() - asked);
                    LockSupport.parkNanos(20_000_000);
                }
            }
            return counts;
        }
    }

    private GatewayChatModel gateway(Map<String, String> values, MockModelServer... over) {
        replicas = TestReplicas.of(VERTX, over);
        return TestGateway.over(replicas.replicas(), values);
    }

    private MockModelServer server(int slots, Script script) {
        MockModelServer server = new MockModelServer(VERTX, slots, Dialect.VLLM, _ -> script).start(0);
        servers.add(server);
        return server;
    }

    private static AssertSubscriber<Completion> ask(GatewayChatModel model) {
        return ask(model, "How is it?");
    }

    private static AssertSubscriber<Completion> ask(GatewayChatModel model, String question) {
        AssertSubscriber<Completion> subscriber = AssertSubscriber.create(Long.MAX_VALUE);
        model.complete(TestGateway.task(question, LONG)).subscribe().withSubscriber(subscriber);
        return subscriber;
    }

    private static Failure failure(AssertSubscriber<Completion> answer) {
        return Failure.of(answer.awaitFailure(LONG).getFailure());
    }

    private static String text(List<Completion> answer) {
        StringBuilder text = new StringBuilder();
        for (Completion completion : answer) {
            if (completion instanceof Completion.Delta(String delta)) {
                text.append(delta);
            }
        }
        return text.toString();
    }

    /** Returns how many tokens a server has sent once it sends no more. */
    private static long steady(MockModelServer server) {
        long before = -1;
        while (before != server.counts().tokens()) {
            before = server.counts().tokens();
            LockSupport.parkNanos(300_000_000);
        }
        return before;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
