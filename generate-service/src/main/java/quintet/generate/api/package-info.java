/** Edges: REST resources, the gRPC service, and the mapping between the wire and the model. */
@NullMarked
package quintet.generate.api;

import org.jspecify.annotations.NullMarked;
