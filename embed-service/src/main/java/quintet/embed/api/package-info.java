/** Edges: HTTP in OpenAI's shape, gRPC and the consumer of chunks. */
@NullMarked
package quintet.embed.api;

import org.jspecify.annotations.NullMarked;
