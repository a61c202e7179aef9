/** Text to tokens and back: WordPiece with offsets into the original text. */
@NullMarked
package quintet.encoder.tokenizer;

import org.jspecify.annotations.NullMarked;
