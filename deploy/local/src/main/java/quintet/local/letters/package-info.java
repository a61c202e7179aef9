/** Dead letters: what the services could not handle, in the queues of the broker. */
@NullMarked
package quintet.local.letters;

import org.jspecify.annotations.NullMarked;
