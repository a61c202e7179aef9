/** Collections that leave and arrive as bundles. */
@NullMarked
package quintet.ingest.pipeline.bundle;

import org.jspecify.annotations.NullMarked;
