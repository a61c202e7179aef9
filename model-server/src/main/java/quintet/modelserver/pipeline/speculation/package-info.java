/** Guesses at the next tokens, which one decode checks all at once. */
@NullMarked
package quintet.modelserver.pipeline.speculation;

import org.jspecify.annotations.NullMarked;
