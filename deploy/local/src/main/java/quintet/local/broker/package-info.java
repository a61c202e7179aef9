/** The AMQP broker: Qpid Broker-J in this JVM, or the address of one that is there already. */
@NullMarked
package quintet.local.broker;

import org.jspecify.annotations.NullMarked;
