/** Building a collection anew beside itself, comparing the two, and switching between them. */
@NullMarked
package quintet.ingest.pipeline.reindex;

import org.jspecify.annotations.NullMarked;
