package quintet.e2e;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects the spans that the services export. */
final class OtlpReceiver implements AutoCloseable {
    /**
     * A span as it arrived.
     *
     * @param service name of the service, such as {@code quintet-embed}
     * @param parent id of the parent span, empty for a root
     */
    record Span(String traceId, String id, String parent, String service, String name) {}

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Server server;

    OtlpReceiver() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                    .addService(new TraceServiceGrpc.TraceServiceImplBase() {
                        @Override
                        public void export(
                                ExportTraceServiceRequest request,
                                StreamObserver<ExportTraceServiceResponse> response) {
                            request.getResourceSpansList().forEach(OtlpReceiver.this::add);
                            response.onNext(ExportTraceServiceResponse.getDefaultInstance());
                            response.onCompleted();
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Returns the spans of a trace that have arrived so far. */
    List<Span> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** Returns the services that have contributed to a trace so far. */
    List<String> services(String traceId) {
        return trace(traceId).stream().map(Span::service).distinct().sorted().toList();
    }

    private void add(ResourceSpans resource) {
        String service = resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("unknown");
        HexFormat hex = HexFormat.of();
        resource.getScopeSpansList()
                .forEach(scope -> scope.getSpansList()
                        .forEach(span -> spans.add(new Span(
                                hex.formatHex(span.getTraceId().toByteArray()),
                                hex.formatHex(span.getSpanId().toByteArray()),
                                hex.formatHex(span.getParentSpanId().toByteArray()),
                                service,
                                span.getName()))));
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
