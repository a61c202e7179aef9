/** Counting in tokens of the embedding model. */
@NullMarked
package quintet.ingest.adapter.wordpiece;

import org.jspecify.annotations.NullMarked;
