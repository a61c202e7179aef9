/** What the pipeline needs from outside. */
@NullMarked
package quintet.ingest.port;

import org.jspecify.annotations.NullMarked;
