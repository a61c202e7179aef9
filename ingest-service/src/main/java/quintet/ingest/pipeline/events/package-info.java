/** State changes on their way to whoever follows them: streams, the exchange and the webhook. */
@NullMarked
package quintet.ingest.pipeline.events;

import org.jspecify.annotations.NullMarked;
