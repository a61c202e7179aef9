/** Compares the sentences of an answer with the passages that they rest on. */
@NullMarked
package quintet.generate.pipeline.evidence;

import org.jspecify.annotations.NullMarked;
