/** Which of the stores holds the index. */
@NullMarked
package quintet.retrieve.adapter.store;

import org.jspecify.annotations.NullMarked;
