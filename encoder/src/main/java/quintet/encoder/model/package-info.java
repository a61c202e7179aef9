/** What a model is and where its files lie. */
@NullMarked
package quintet.encoder.model;

import org.jspecify.annotations.NullMarked;
