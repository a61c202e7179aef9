package quintet.generate.adapter.openai;

import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import quintet.generate.model.Completion;
import quintet.generate.port.ModelReplica.Patience;

/** A streamed chat completion; each subscription is a request of its own, on the Vert.x context of the subscriber. */
final class CompletionStream extends AbstractMulti<Completion> {
    private final Vertx vertx;
    private final HttpClient client;
    private final Endpoint endpoint;
    private final Buffer body;
    private final Patience patience;
    private final int maxEventSize;

    CompletionStream(
            Vertx vertx, HttpClient client, Endpoint endpoint, Buffer body, Patience patience, int maxEventSize) {
        this.vertx = vertx;
        this.client = client;
        this.endpoint = endpoint;
        this.body = body;
        this.patience = patience;
        this.maxEventSize = maxEventSize;
    }

    @Override
    public void subscribe(MultiSubscriber<? super Completion> downstream) {
        CompletionExchange exchange =
                new CompletionExchange(vertx.getOrCreateContext(), downstream, endpoint, patience, maxEventSize);
        downstream.onSubscribe(exchange);
        exchange.begin(client, body);
    }
}
