/**
 * Who calls, and what they may see: a key becomes an {@link quintet.identity.Identity} in each service by itself, so that no
 * service has to believe what another program says of a caller.
 */
@NullMarked
package quintet.identity;

import org.jspecify.annotations.NullMarked;
