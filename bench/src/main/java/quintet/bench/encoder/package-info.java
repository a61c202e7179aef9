/** The encoder library in this process, without a suite: its speed beside others' over the same weights, and its quality. */
@NullMarked
package quintet.bench.encoder;

import org.jspecify.annotations.NullMarked;
