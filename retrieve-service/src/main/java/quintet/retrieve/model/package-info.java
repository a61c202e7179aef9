/** Passages, queries and what is found. */
@NullMarked
package quintet.retrieve.model;

import org.jspecify.annotations.NullMarked;
