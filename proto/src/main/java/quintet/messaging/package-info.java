/** Failures on AMQP brokers: attempts, back-off and dead letters. */
@NullMarked
package quintet.messaging;

import org.jspecify.annotations.NullMarked;
