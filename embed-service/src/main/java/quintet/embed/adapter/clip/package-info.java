/** Texts and images as vectors of one space, by CLIP in this process. */
@NullMarked
package quintet.embed.adapter.clip;

import org.jspecify.annotations.NullMarked;
