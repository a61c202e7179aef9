/** The embedding model as static word vectors in this process. */
@NullMarked
package quintet.embed.adapter.words;

import org.jspecify.annotations.NullMarked;
