/** Texts, vectors and the parts of documents. */
@NullMarked
package quintet.embed.model;

import org.jspecify.annotations.NullMarked;
