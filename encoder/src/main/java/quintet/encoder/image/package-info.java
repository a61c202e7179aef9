/** Images from bytes to what a vision model reads: bounded decoding, resampling, cropping and normalisation. */
@NullMarked
package quintet.encoder.image;

import org.jspecify.annotations.NullMarked;
