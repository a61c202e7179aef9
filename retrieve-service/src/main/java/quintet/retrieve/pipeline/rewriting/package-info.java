/** What happens to a query before it is searched. */
@NullMarked
package quintet.retrieve.pipeline.rewriting;

import org.jspecify.annotations.NullMarked;
