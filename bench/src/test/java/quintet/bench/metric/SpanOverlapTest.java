package quintet.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.bench.data.Span;

class SpanOverlapTest {
    private static final List<Span> RELEVANT = List.of(new Span(10, 20), new Span(50, 60));

    @Test
    void countsWhatIsRelevantAndRetrieved() {
        SpanOverlap overlap = SpanOverlap.of(RELEVANT, List.of(new Span(0, 20), new Span(55, 75)), 0);
        assertThat(overlap.recall()).isEqualTo(15.0 / 20);
        assertThat(overlap.precision()).isEqualTo(15.0 / 40);
        assertThat(overlap.iou()).isEqualTo(15.0 / 45);
    }

    @Test
    void whatIsRetrievedTwiceOrElsewhereCostsPrecisionOnly() {
        SpanOverlap overlap = SpanOverlap.of(RELEVANT, List.of(new Span(10, 20), new Span(10, 20)), 20);
        assertThat(overlap.recall()).isEqualTo(0.5);
        assertThat(overlap.precision()).isEqualTo(10.0 / 40);
        assertThat(overlap.iou()).isEqualTo(10.0 / 50);
    }

    @Test
    void nothingRetrievedIsNothing() {
        assertThat(SpanOverlap.of(RELEVANT, List.of(), 0)).isEqualTo(new SpanOverlap(0, 0, 0));
    }
}
