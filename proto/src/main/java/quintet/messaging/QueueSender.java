package quintet.messaging;

import java.util.Map;
import quintet.failure.Failure;

/** Puts messages into a queue by its name. Blocking; safe for several threads. */
public interface QueueSender {
    /**
     * Returns once the broker has confirmed that the queue holds the message durably.
     *
     * @throws Failure of kind UNAVAILABLE if the broker does not confirm in time; the queue may hold the message all the same
     */
    void send(String queue, byte[] payload, Map<String, Object> headers);
}
