/** How fast the suite is and what it costs. */
@NullMarked
package quintet.bench.speed;

import org.jspecify.annotations.NullMarked;
