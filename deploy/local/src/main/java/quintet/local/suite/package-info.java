/** Quintet on one machine: which parts there are, in which order they start, and what is known about them while they run. */
@NullMarked
package quintet.local.suite;

import org.jspecify.annotations.NullMarked;
