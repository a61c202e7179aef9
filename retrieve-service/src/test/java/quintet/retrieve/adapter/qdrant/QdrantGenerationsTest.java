package quintet.retrieve.adapter.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.port.Generations;
import quintet.retrieve.port.GenerationsContract;

class QdrantGenerationsTest implements GenerationsContract {
    private final List<AutoCloseable> open = new ArrayList<>();
    private QdrantServer server;
    private Generations generations;

    @BeforeEach
    void start() {
        server = new QdrantServer();
        generations = reopened();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        server.close();
    }

    @Override
    public Generations generations() {
        return generations;
    }

    /** Begins a process, and waits until it has looked. */
    @Override
    public Generations reopened() {
        QdrantGenerations process = process(server.url());
        Awaitility.await().until(() -> {
            try {
                return process.chosen(new CollectionName("any")).isEmpty();
            } catch (Failure notYet) {
                return false;
            }
        });
        return process;
    }

    private QdrantGenerations process(String url) {
        QdrantConfig config = QdrantFixture.config(Map.of("url", url));
        QdrantCalls calls = new QdrantCalls(config);
        QdrantGenerations process = new QdrantGenerations(config, calls);
        process.start(new StartupEvent());
        open.add(() -> {
            process.close();
            calls.close();
        });
        return process;
    }

    @Test
    void everyProcessFollowsAChoice() {
        Generations other = reopened();
        var _ = generations.choose(new ChosenGeneration(new CollectionName("book~2"), 1));
        Awaitility.await().until(() -> other.resolve(new CollectionName("book")).equals(new CollectionName("book~2")));
    }

    @Test
    void searchesAreRefusedAndNotSentAstrayBeforeQdrantHasAnswered() {
        QdrantGenerations process = process("http://127.0.0.1:1");
        assertThatThrownBy(() -> process.resolve(new CollectionName("book")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("VECTOR_STORE_UNAVAILABLE"));
        assertThat(process.resolve(new CollectionName("book~2"))).isEqualTo(new CollectionName("book~2"));
    }
}
