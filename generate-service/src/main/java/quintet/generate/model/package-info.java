/** Questions, passages, sentences, citations and the events of an answer. Plain Java. */
@NullMarked
package quintet.generate.model;

import org.jspecify.annotations.NullMarked;
