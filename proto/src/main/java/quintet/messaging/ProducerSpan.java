package quintet.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;

/** The span of an event that is published, open until it is closed. */
public final class ProducerSpan implements AutoCloseable {
    private final Span span;
    private final Context context;

    private ProducerSpan(Span span, Context context) {
        this.span = span;
        this.context = context;
    }

    /** Starts the span of an event under {@code parent}. */
    public static ProducerSpan start(Tracer tracer, Context parent, String routingKey) {
        Span span = tracer.spanBuilder("publish " + routingKey)
                .setParent(parent)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "rabbitmq")
                .setAttribute("messaging.destination.name", EventTopology.EXCHANGE)
                .startSpan();
        return new ProducerSpan(span, parent.with(span));
    }

    /** Returns the headers by which whoever consumes the event continues the trace (W3C Trace Context). */
    public Map<String, Object> headers() {
        Map<String, Object> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, headers, (into, key, value) -> {
            if (into != null) {
                into.put(key, value);
            }
        });
        return headers;
    }

    @Override
    public void close() {
        span.end();
    }
}
