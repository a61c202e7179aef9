/** What the pipeline needs from outside. */
@NullMarked
package quintet.embed.port;

import org.jspecify.annotations.NullMarked;
