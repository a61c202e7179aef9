/** How good a ranking the fusions of retrieve-service make of the same two lists. */
@NullMarked
package quintet.bench.fusion;

import org.jspecify.annotations.NullMarked;
