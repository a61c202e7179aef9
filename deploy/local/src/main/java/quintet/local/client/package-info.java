/** A client of the front door's HTTP API, as the commands and the training run need it. */
@NullMarked
package quintet.local.client;

import org.jspecify.annotations.NullMarked;
