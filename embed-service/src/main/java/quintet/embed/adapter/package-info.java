/** The choice of the embedding model, and what its kinds share. */
@NullMarked
package quintet.embed.adapter;

import org.jspecify.annotations.NullMarked;
