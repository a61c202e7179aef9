/** Metrics, each small and tested against values worked out by hand. */
@NullMarked
package quintet.bench.metric;

import org.jspecify.annotations.NullMarked;
