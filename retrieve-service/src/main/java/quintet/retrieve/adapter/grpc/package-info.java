/** The query's embedding, from embed-service. */
@NullMarked
package quintet.retrieve.adapter.grpc;

import org.jspecify.annotations.NullMarked;
