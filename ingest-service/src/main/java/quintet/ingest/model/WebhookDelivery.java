package quintet.ingest.model;

import java.util.List;

/**
 * What one request to the webhook carries. Its components are the names in JSON.
 *
 * @param collection collection of the events
 * @param previousPosition position of the last event of the request before, 0 if there was none: where it is not the one that
 *     the receiver saw last, requests in between were given up or their events forgotten
 * @param events by rising position, at least one
 */
public record WebhookDelivery(String collection, long previousPosition, List<StateEvent> events) {
    /** Copies the events. */
    public WebhookDelivery {
        events = List.copyOf(events);
    }
}
