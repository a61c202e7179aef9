package quintet.ingest.port;

import quintet.failure.Failure;
import quintet.ingest.model.WebhookDelivery;

/** A program elsewhere that is told of state changes over HTTP. Blocking. */
public interface Webhook {
    /** Returns whether there is one. */
    boolean named();

    /**
     * Returns once the program has accepted the events.
     *
     * @throws Failure UNAVAILABLE, reason WEBHOOK_REFUSED or WEBHOOK_UNREACHABLE
     */
    void deliver(WebhookDelivery delivery);
}
