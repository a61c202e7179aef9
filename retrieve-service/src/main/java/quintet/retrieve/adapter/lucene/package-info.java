/** The index: one Lucene index per collection. */
@NullMarked
package quintet.retrieve.adapter.lucene;

import org.jspecify.annotations.NullMarked;
