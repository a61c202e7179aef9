/** The flow from a question to an answer, one class per step. */
@NullMarked
package quintet.generate.pipeline;

import org.jspecify.annotations.NullMarked;
