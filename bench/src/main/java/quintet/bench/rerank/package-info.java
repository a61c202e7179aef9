/** What it costs in quality, and saves in time, not to score every candidate. */
@NullMarked
package quintet.bench.rerank;

import org.jspecify.annotations.NullMarked;
