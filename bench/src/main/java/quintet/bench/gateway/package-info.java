/** What generate-service adds between a model server and a client. */
@NullMarked
package quintet.bench.gateway;

import org.jspecify.annotations.NullMarked;
