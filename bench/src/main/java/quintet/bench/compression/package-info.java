/** How much shorter a context becomes, and what of the answer stays in it. */
@NullMarked
package quintet.bench.compression;

import org.jspecify.annotations.NullMarked;
