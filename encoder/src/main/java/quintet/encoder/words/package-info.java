/** Static word vectors (Word2Vec, GloVe, fastText's {@code .vec}) and the mean of a text's words as its vector. */
@NullMarked
package quintet.encoder.words;

import org.jspecify.annotations.NullMarked;
