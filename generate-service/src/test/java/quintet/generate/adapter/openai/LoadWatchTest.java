package quintet.generate.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quintet.generate.model.ReplicaLoad;
import quintet.mock.Dialect;
import quintet.mock.MockModelServer;
import quintet.mock.Script;

class LoadWatchTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void readsWhatServersSayInTheirOwnWords(Dialect dialect) {
        try (MockModelServer server = server(dialect);
                TestReplicas replicas = TestReplicas.of(VERTX, server)) {
            await(() -> load(replicas).look() > 0);
            assertThat(load(replicas).ready()).isTrue();
            assertThat(load(replicas).running().isPresent()).isEqualTo(dialect != Dialect.NONE);
            assertThat(load(replicas).waiting().isPresent()).isEqualTo(dialect != Dialect.NONE);
        }
    }

    @Test
    void noticesThatAServerHasGoneAndThatItIsBack() {
        try (MockModelServer server = server(Dialect.VLLM);
                TestReplicas replicas = TestReplicas.of(VERTX, server)) {
            AtomicInteger looks = new AtomicInteger();
            replicas.replicas().onLook(looks::incrementAndGet);
            await(() -> load(replicas).look() > 0);
            server.close();
            await(() -> !load(replicas).ready());
            server.start(server.port());
            await(() -> load(replicas).ready());
            assertThat(looks).hasPositiveValue();
        }
    }

    @Test
    void stopsLookingWhenItIsClosed() {
        try (MockModelServer server = server(Dialect.VLLM)) {
            TestReplicas replicas = TestReplicas.of(VERTX, server);
            await(() -> load(replicas).look() > 1);
            replicas.close();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            int polls = server.polls();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            assertThat(server.polls()).isEqualTo(polls);
        }
    }

    private static MockModelServer server(Dialect dialect) {
        return new MockModelServer(VERTX, 4, dialect, _ -> Script.words(1)).start(0);
    }

    private static ReplicaLoad load(TestReplicas replicas) {
        return replicas.replicas().all().getFirst().load();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
