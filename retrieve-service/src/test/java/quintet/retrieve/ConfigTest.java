package quintet.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.retrieve.api.FakeEmbedService;

/** Pins what a deployment relies on. */
@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
class ConfigTest {
    @ParameterizedTest
    @CsvSource({
        "quintet.retrieve.index.m, 16",
        "quintet.retrieve.index.ef-construction, 100",
        "quintet.retrieve.index.ef, 100",
        "quintet.retrieve.index.k1, 1.5",
        "quintet.retrieve.index.b, 0.75",
        "quintet.retrieve.index.title-weight, 2",
        "quintet.retrieve.index.section-weight, 1",
        "quintet.retrieve.index.search-threads, 2",
        "quintet.retrieve.index.search-queue, 256",
        "quintet.retrieve.index.write-threads, 1",
        "quintet.retrieve.index.write-queue, 256",
        "quintet.retrieve.index.max-batch, 64",
        "quintet.retrieve.index.write-buffer-mb, 16",
        "quintet.retrieve.index.max-open, 32",
        "quintet.retrieve.qdrant.prefix, quintet",
        "quintet.retrieve.qdrant.read-timeout, 5s",
        "quintet.retrieve.qdrant.write-timeout, 60s",
        "quintet.retrieve.qdrant.attempts, 4",
        "quintet.retrieve.qdrant.max-reads, 256",
        "quintet.retrieve.qdrant.write-queue, 256",
        "quintet.retrieve.qdrant.max-batch, 64",
        "quintet.retrieve.qdrant.upsert-batch, 128",
        "quintet.retrieve.qdrant.replicas, 1",
        "quintet.retrieve.qdrant.keep-replaced, 30s",
        "quintet.retrieve.qdrant.lease, 30s",
        "quintet.retrieve.qdrant.lease-pause, 250ms",
        "quintet.retrieve.qdrant.max-field-indexes, 64",
        "quintet.retrieve.qdrant.m, 16",
        "quintet.retrieve.qdrant.ef-construction, 100",
        "quintet.retrieve.qdrant.ef, 100",
        "quintet.retrieve.qdrant.k1, 1.5",
        "quintet.retrieve.qdrant.b, 0.75",
        "quintet.retrieve.qdrant.average-length, 200",
        "quintet.retrieve.search.dense-weight, 0.6",
        "quintet.retrieve.search.candidates, 50",
        "quintet.retrieve.search.timeout, 5s",
        "quintet.retrieve.search.embed-timeout, 1s",
        "quintet.retrieve.search.cached-queries, 512",
        "quintet.retrieve.embed.max-query-length, 2000",
        "quintet.retrieve.events.confirm-timeout, 10s",
        "quintet.retrieve.consumer.attempts, 40",
        "quintet.retrieve.consumer.deaths, 6",
        "quintet.retrieve.indexing.sweep-interval, 60s",
        "quintet.retrieve.history.enabled, true",
        "quintet.retrieve.history.max-searches, 10000",
        "quintet.retrieve.history.max-megabytes, 64",
        "quintet.retrieve.history.queue, 256",
    })
    void keepsItsDefaults(String key, String value) {
        assertThat(ConfigProvider.getConfig().getValue(key, String.class)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "chunks-embedded, embed.chunks-embedded.v1, retrieve.chunks-embedded, 32",
        "document-deleted, ingest.document-deleted.v1, retrieve.document-deleted, 64",
        "version-cancelled, ingest.version-cancelled.v1, retrieve.version-cancelled, 64",
    })
    void everyQueueHasItsBoundsAndItsDeadLetters(String channel, String routingKey, String queue, String prefetch) {
        Config config = ConfigProvider.getConfig();
        String prefix = "mp.messaging.incoming." + channel + ".";
        assertThat(config.getValue(prefix + "exchange.name", String.class)).isEqualTo("quintet.events");
        assertThat(config.getValue(prefix + "routing-keys", String.class)).isEqualTo(routingKey);
        assertThat(config.getValue(prefix + "queue.name", String.class)).isEqualTo(queue);
        assertThat(config.getValue(prefix + "queue.arguments", String.class)).isEqualTo(queue);
        assertThat(config.getValue(prefix + "max-outstanding-messages", String.class))
                .isEqualTo(prefetch);
        assertThat(config.getValue(prefix + "auto-acknowledgement", String.class))
                .isEqualTo("false");
        assertThat(config.getValue(prefix + "failure-strategy", String.class)).isEqualTo("reject");
        assertThat(config.getValue(prefix + "auto-bind-dlq", String.class)).isEqualTo("true");
        assertThat(config.getValue(prefix + "dlx.declare", String.class)).isEqualTo("true");
    }
}
