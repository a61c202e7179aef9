/** How good searches and answers are. */
@NullMarked
package quintet.bench.quality;

import org.jspecify.annotations.NullMarked;
