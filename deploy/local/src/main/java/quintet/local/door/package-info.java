/** The front door: one port that routes by path to the five services. */
@NullMarked
package quintet.local.door;

import org.jspecify.annotations.NullMarked;
