package quintet.ingest.pipeline;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** When new documents are refused because the old ones take too long or too much room. */
@ConfigMapping(prefix = "quintet.ingest.admission")
public interface AdmissionConfig {
    /** Documents and parts that may wait for their turn; beyond it uploads are refused with BACKLOG_FULL. */
    @WithDefault("1000000")
    @Min(1)
    long maxWaiting();

    /** Free space that stays on the disk of the original bytes; below it uploads are refused with INSUFFICIENT_STORAGE. */
    @WithDefault("512M")
    MemorySize minFreeDisk();
}
