/** Events of this service, on RabbitMQ. */
@NullMarked
package quintet.retrieve.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
