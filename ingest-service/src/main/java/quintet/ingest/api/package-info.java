/** Edges: REST, gRPC and message consumers; they translate and decide nothing. */
@NullMarked
package quintet.ingest.api;

import org.jspecify.annotations.NullMarked;
