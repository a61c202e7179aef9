/** Edges: HTTP in Cohere's shape and gRPC. */
@NullMarked
package quintet.rerank.api;

import org.jspecify.annotations.NullMarked;
