/** From logits to a token. */
@NullMarked
package quintet.modelserver.pipeline.sampling;

import org.jspecify.annotations.NullMarked;
