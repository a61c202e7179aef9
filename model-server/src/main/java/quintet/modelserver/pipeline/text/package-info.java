/** From the bytes of tokens to text that may be sent. */
@NullMarked
package quintet.modelserver.pipeline.text;

import org.jspecify.annotations.NullMarked;
