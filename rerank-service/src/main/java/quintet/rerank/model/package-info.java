/** Candidates and how they are ranked. */
@NullMarked
package quintet.rerank.model;

import org.jspecify.annotations.NullMarked;
