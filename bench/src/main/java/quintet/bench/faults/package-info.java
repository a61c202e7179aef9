/** What becomes of acknowledged documents while parts of the suite are killed, paused, starved and lied to. */
@NullMarked
package quintet.bench.faults;

import org.jspecify.annotations.NullMarked;
