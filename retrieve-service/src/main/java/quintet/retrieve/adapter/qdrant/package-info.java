/** The index in a Qdrant cluster. */
@NullMarked
package quintet.retrieve.adapter.qdrant;

import org.jspecify.annotations.NullMarked;
