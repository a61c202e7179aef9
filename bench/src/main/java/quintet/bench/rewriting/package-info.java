/** What making queries better before they are searched is worth. */
@NullMarked
package quintet.bench.rewriting;

import org.jspecify.annotations.NullMarked;
