/** Encoders: a model, its tokenizer and a queue of work in front of them. */
@NullMarked
package quintet.encoder;

import org.jspecify.annotations.NullMarked;
