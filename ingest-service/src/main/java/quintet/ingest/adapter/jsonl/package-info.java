/** Bundles as gzipped JSON Lines. */
@NullMarked
package quintet.ingest.adapter.jsonl;

import org.jspecify.annotations.NullMarked;
