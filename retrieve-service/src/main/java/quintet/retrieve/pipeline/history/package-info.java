/** Searches that can be looked at and replayed. */
@NullMarked
package quintet.retrieve.pipeline.history;

import org.jspecify.annotations.NullMarked;
