package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.generate.model.Priority.BATCH;
import static quintet.generate.model.Priority.INTERACTIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.generate.model.Priority;

class FairQueueTest {
    private final FairQueue<String> queue = new FairQueue<>();

    @Test
    void servesOneTenantInTheOrderOfArrival() {
        add("a1", "a", 100);
        add("a2", "a", 1);
        assertThat(serveAll()).containsExactly("a1", "a2");
    }

    @Test
    void givesTenantsEqualSharesOfTokensHoweverMuchOneAsks() {
        for (int i = 0; i < 100; i++) {
            add("greedy" + i, "greedy", 10);
        }
        for (int i = 0; i < 5; i++) {
            add("modest" + i, "modest", 20);
        }
        List<String> order = serveAll();
        // Ten of the one for five of the other, give or take one, until the second has no more.
        assertThat(order.subList(0, 16).stream().filter(item -> item.startsWith("modest")))
                .hasSize(5);
    }

    @Test
    void forgetsNoDebtOfWhoWasServedAtOnce() {
        queue.pass("greedy", INTERACTIVE, 1_000);
        add("greedy", "greedy", 10);
        add("modest1", "modest", 10);
        add("modest2", "modest", 10);
        assertThat(serveAll()).containsExactly("modest1", "modest2", "greedy");
    }

    @Test
    void saysHowMuchIsAhead() {
        add("a1", "a", 100);
        add("a2", "a", 100);
        queue.add("b", "b", BATCH, 50);
        assertThat(queue.ahead("a", INTERACTIVE)).isEqualTo(200);
        assertThat(queue.ahead("c", INTERACTIVE)).isEqualTo(100);
        assertThat(queue.ahead("c", BATCH)).isEqualTo(250);
        assertThat(queue.size()).isEqualTo(3);
    }

    @Test
    void removesWhoLeaves() {
        FairQueue.Place<String> place = add("a1", "a", 100);
        assertThat(queue.remove(place)).isTrue();
        assertThat(queue.remove(place)).isFalse();
        assertThat(queue.size()).isZero();
        assertThat(queue.ahead("b", BATCH)).isZero();
    }

    private FairQueue.Place<String> add(String item, String tenant, long price) {
        return queue.add(item, tenant, INTERACTIVE, price);
    }

    private List<String> serveAll() {
        List<String> served = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            for (var place = queue.peek(priority); place.isPresent(); place = queue.peek(priority)) {
                served.add(place.get().item());
                queue.serve(place.get());
            }
        }
        return served;
    }
}
