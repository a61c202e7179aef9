/** Events of this service, on RabbitMQ. */
@NullMarked
package quintet.embed.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
