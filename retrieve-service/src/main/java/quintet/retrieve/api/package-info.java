/** Edges: REST, gRPC and message consumers, and their mapping to the model. */
@NullMarked
package quintet.retrieve.api;

import org.jspecify.annotations.NullMarked;
