/** Other services of the suite, over gRPC. */
@NullMarked
package quintet.ingest.adapter.grpc;

import org.jspecify.annotations.NullMarked;
