package quintet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import quintet.ingest.model.QueueAhead;
import quintet.ingest.model.Throughput;

class TimeLeftTest {
    private static final Throughput RATES = new Throughput(2, 20, 10);

    @Test
    void theSlowerOfDocumentsAndChunksCounts() {
        assertThat(TimeLeft.estimate(new QueueAhead(100, 100, 0), RATES)).hasValue(50);
        assertThat(TimeLeft.estimate(new QueueAhead(2, 1, 990), RATES)).hasValue(50);
    }

    @Test
    void aDocumentWhoseQueueIsChunkedWaitsForChunksOnly() {
        assertThat(TimeLeft.estimate(new QueueAhead(40, 0, 60), RATES)).hasValue(3);
        assertThat(TimeLeft.estimate(new QueueAhead(1, 0, 0), RATES)).hasValue(1);
    }

    @Test
    void saysNothingWhereNothingWasMeasured() {
        assertThat(TimeLeft.estimate(new QueueAhead(1, 1, 0), new Throughput(0, 0, 0)))
                .isEmpty();
    }
}
