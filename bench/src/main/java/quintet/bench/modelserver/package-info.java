/** How fast a model server writes, alone and with many at once, with guesses and without. */
@NullMarked
package quintet.bench.modelserver;

import org.jspecify.annotations.NullMarked;
