/** The bounded queue between many callers and a few workers. */
@NullMarked
package quintet.encoder.work;

import org.jspecify.annotations.NullMarked;
