/** Cutting a cleaned text into chunks. */
@NullMarked
package quintet.ingest.pipeline.chunking;

import org.jspecify.annotations.NullMarked;
