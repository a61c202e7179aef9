/** CLIP: texts and images as vectors of one space, so that one finds the other. */
@NullMarked
package quintet.encoder.clip;

import org.jspecify.annotations.NullMarked;
