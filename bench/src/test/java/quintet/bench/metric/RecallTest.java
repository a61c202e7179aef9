package quintet.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecallTest {
    @Test
    void isTheShareOfRelevantDocumentsAmongTheFirst() {
        Map<String, Integer> grades = Map.of("a", 1, "b", 3, "c", 1, "d", 1);
        assertThat(Recall.at(3, List.of("x", "a", "b", "c"), grades)).isEqualTo(0.5);
        assertThat(Recall.at(10, List.of("x", "a", "b", "c"), grades)).isEqualTo(0.75);
        assertThat(Recall.at(10, List.of(), grades)).isZero();
        assertThat(Recall.at(10, List.of("a"), Map.of())).isZero();
    }
}
