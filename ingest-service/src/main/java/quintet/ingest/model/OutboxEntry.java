package quintet.ingest.model;

import java.util.Map;

/**
 * An event that waits to be published.
 *
 * @param id position in the outbox
 * @param routingKey routing key on the exchange of events
 * @param payload the event's bytes
 * @param traceHeaders trace context that the event was made in, as message headers
 */
public record OutboxEntry(long id, String routingKey, Payload payload, Map<String, String> traceHeaders) {
    /** Copies the headers. */
    public OutboxEntry {
        traceHeaders = Map.copyOf(traceHeaders);
    }

    /** Bytes of an event. Not copied: nobody changes them. */
    public static final class Payload {
        private final byte[] bytes;

        /** Wraps {@code bytes}. */
        public Payload(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the bytes themselves. */
        public byte[] bytes() {
            return bytes;
        }
    }
}
