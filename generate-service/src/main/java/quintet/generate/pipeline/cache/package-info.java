/** Answers that a model server need not write again. */
@NullMarked
package quintet.generate.pipeline.cache;

import org.jspecify.annotations.NullMarked;
