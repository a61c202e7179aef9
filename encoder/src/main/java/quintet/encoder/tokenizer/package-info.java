/** Text to tokens and back, with offsets into the original text: WordPiece in Java, any other through Hugging Face's library. */
@NullMarked
package quintet.encoder.tokenizer;

import org.jspecify.annotations.NullMarked;
