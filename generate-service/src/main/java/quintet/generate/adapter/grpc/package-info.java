/** Search and re-ranking over gRPC. */
@NullMarked
package quintet.generate.adapter.grpc;

import org.jspecify.annotations.NullMarked;
