/** From a request to the tokens of its completion: one thread, one step of all of them at a time. */
@NullMarked
package quintet.modelserver.pipeline;

import org.jspecify.annotations.NullMarked;
