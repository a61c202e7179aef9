/** Quality and speed of a running suite, measured through its public HTTP API. */
@NullMarked
package quintet.bench;

import org.jspecify.annotations.NullMarked;
