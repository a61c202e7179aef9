/** Programs elsewhere, over HTTP. */
@NullMarked
package quintet.ingest.adapter.http;

import org.jspecify.annotations.NullMarked;
