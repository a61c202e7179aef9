/** Finds documents that say what another one says already. */
@NullMarked
package quintet.ingest.pipeline.deduplication;

import org.jspecify.annotations.NullMarked;
