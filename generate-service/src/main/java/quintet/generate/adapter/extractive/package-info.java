/** Answers made of the best sentences of the passages, without a language model. */
@NullMarked
package quintet.generate.adapter.extractive;

import org.jspecify.annotations.NullMarked;
