/** What is asked of a language model and what comes of it. */
@NullMarked
package quintet.modelserver.model;

import org.jspecify.annotations.NullMarked;
