/** How well documents that say the same are found, and what that saves. */
@NullMarked
package quintet.bench.duplicates;

import org.jspecify.annotations.NullMarked;
