/** How well unsupported sentences of answers are told from supported ones. */
@NullMarked
package quintet.bench.evidence;

import org.jspecify.annotations.NullMarked;
