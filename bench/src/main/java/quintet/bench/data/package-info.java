/** Questions with known answers: the sample handbook's, and retrieval sets in BEIR's layout. */
@NullMarked
package quintet.bench.data;

import org.jspecify.annotations.NullMarked;
