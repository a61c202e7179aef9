package quintet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.ChunkingStrategy;
import quintet.ingest.pipeline.AdmissionConfig;
import quintet.ingest.pipeline.LimitsConfig;
import quintet.ingest.pipeline.OutboxConfig;
import quintet.ingest.pipeline.chunking.ChunkingConfig;
import quintet.ingest.pipeline.deduplication.DeduplicationConfig;

/** Pins the defaults that people rely on. */
class ConfigTest {
    @Test
    void limitsAreGenerousToPeopleAndBoundedForMachines() {
        LimitsConfig limits = TestConfigs.of(LimitsConfig.class, Map.of());
        assertThat(limits.maxFile().asLongValue()).isEqualTo(100L << 20);
        assertThat(limits.maxRequest().asLongValue()).isEqualTo(512L << 20);
        assertThat(limits.maxJson().asLongValue()).isEqualTo(16L << 20);
        assertThat(limits.maxDocuments()).isEqualTo(100);
        assertThat(limits.maxUploads()).isEqualTo(16);
        assertThat(limits.maxAttempts()).isEqualTo(100);
        assertThat(limits.maxInMemory().asLongValue()).isEqualTo(20L << 20);
    }

    @Test
    void theBacklogAndTheDiskHaveBounds() {
        AdmissionConfig admission = TestConfigs.of(AdmissionConfig.class, Map.of());
        assertThat(admission.maxWaiting()).isEqualTo(1_000_000);
        assertThat(admission.minFreeDisk().asLongValue()).isEqualTo(512L << 20);
    }

    @Test
    void theOutboxIsPolledEverySecond() {
        OutboxConfig outbox = TestConfigs.of(OutboxConfig.class, Map.of());
        assertThat(outbox.batch()).isEqualTo(32);
        assertThat(outbox.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(outbox.pause()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void chunksFitTheEmbeddingModel() {
        ChunkingConfig chunking = TestConfigs.of(ChunkingConfig.class, Map.of());
        assertThat(chunking.targetTokens()).isEqualTo(200);
        assertThat(chunking.maxTokens()).isEqualTo(288);
        assertThat(chunking.overlapTokens()).isEqualTo(30);
        assertThat(chunking.settings()).isEqualTo(ChunkingSettings.of(ChunkingStrategy.STRUCTURE));
    }

    @Test
    void signaturesFindEightOfTenShinglesAlike() {
        DeduplicationConfig deduplication = TestConfigs.of(DeduplicationConfig.class, Map.of());
        assertThat(deduplication.shingleSize()).isEqualTo(3);
        assertThat(deduplication.permutations()).isEqualTo(128);
        assertThat(deduplication.bands()).isEqualTo(32);
        assertThat(deduplication.rows()).isEqualTo(4);
        assertThat(deduplication.maxCandidates()).isEqualTo(1000);
        assertThat(deduplication.vectorChunks()).isEqualTo(8);
        assertThat(deduplication.maxVectors()).isEqualTo(20_000);
    }
}
