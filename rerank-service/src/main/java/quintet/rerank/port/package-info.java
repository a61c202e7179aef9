/** What the pipeline needs from outside. */
@NullMarked
package quintet.rerank.port;

import org.jspecify.annotations.NullMarked;
