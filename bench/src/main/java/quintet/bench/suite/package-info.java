/** The suite under test: its public API, and its life where the benchmark starts it itself. */
@NullMarked
package quintet.bench.suite;

import org.jspecify.annotations.NullMarked;
