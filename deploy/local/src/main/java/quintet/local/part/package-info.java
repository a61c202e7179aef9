/** A part of the suite, as the launcher sees it: started, watched, stopped. */
@NullMarked
package quintet.local.part;

import org.jspecify.annotations.NullMarked;
