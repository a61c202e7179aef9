/** How well ways of cutting documents serve search. */
@NullMarked
package quintet.bench.chunking;

import org.jspecify.annotations.NullMarked;
