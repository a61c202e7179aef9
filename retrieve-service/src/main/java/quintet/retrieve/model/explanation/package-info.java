/** What a search did, stage by stage. */
@NullMarked
package quintet.retrieve.model.explanation;

import org.jspecify.annotations.NullMarked;
