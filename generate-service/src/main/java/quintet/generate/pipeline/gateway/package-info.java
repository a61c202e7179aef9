/** What stands before the model servers: who is admitted, when, and to which of them. */
@NullMarked
package quintet.generate.pipeline.gateway;

import org.jspecify.annotations.NullMarked;
