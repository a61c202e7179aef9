/** Publishing over AMQP 0-9-1 with confirms. */
@NullMarked
package quintet.ingest.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
