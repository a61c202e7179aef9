/** Failures on gRPC. */
@NullMarked
package quintet.rpc;

import org.jspecify.annotations.NullMarked;
