/** What the pipeline needs of a language model. */
@NullMarked
package quintet.modelserver.port;

import org.jspecify.annotations.NullMarked;
