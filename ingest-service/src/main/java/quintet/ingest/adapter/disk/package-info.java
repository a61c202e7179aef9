/** Original bytes as files named by their SHA-256. */
@NullMarked
package quintet.ingest.adapter.disk;

import org.jspecify.annotations.NullMarked;
