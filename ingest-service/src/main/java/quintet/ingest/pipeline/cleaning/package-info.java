/** Cleaning, one small class per step. */
@NullMarked
package quintet.ingest.pipeline.cleaning;

import org.jspecify.annotations.NullMarked;
