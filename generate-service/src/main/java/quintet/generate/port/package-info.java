/** What the pipeline needs from outside. */
@NullMarked
package quintet.generate.port;

import org.jspecify.annotations.NullMarked;
