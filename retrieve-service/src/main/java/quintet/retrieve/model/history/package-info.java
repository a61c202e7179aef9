/** Searches that were answered, as they are kept and compared. */
@NullMarked
package quintet.retrieve.model.history;

import org.jspecify.annotations.NullMarked;
