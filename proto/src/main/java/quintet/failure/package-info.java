/** The one kind of failure that crosses a boundary. */
@NullMarked
package quintet.failure;

import org.jspecify.annotations.NullMarked;
