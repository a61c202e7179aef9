package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PayloadIncludeSelector;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Names of what lies beside the vectors, and how it is read. */
final class Payload {
    /** Identifier of the document. */
    static final String DOCUMENT = "doc";

    /** Version of the document. */
    static final String VERSION = "version";

    /** Identifier of the passage. */
    static final String CHUNK = "chunk";

    /** Generation from which on searches see the point. */
    static final String FROM = "from";

    /** Generation from which on searches see the point no more; absent until it is replaced or deleted. */
    static final String UNTIL = "until";

    /** What the vector is made from, a SHA-256. */
    static final String VECTOR_KEY = "vectorKey";

    /** The passage with all that a hit shows, as JSON. */
    static final String STORED = "stored";

    private Payload() {}

    static Map<String, Value> empty() {
        return new HashMap<>();
    }

    static Value texts(Collection<String> texts) {
        return ValueFactory.list(texts.stream().map(ValueFactory::value).toList());
    }

    static String text(Map<String, Value> payload, String name) {
        return payload.getOrDefault(name, Value.getDefaultInstance()).getStringValue();
    }

    static long number(Map<String, Value> payload, String name) {
        return payload.getOrDefault(name, Value.getDefaultInstance()).getIntegerValue();
    }

    /** Returns a point without vectors: Qdrant wants the empty map of them and refuses none. */
    static PointStruct point(UUID id, Map<String, Value> payload) {
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(Vectors.newBuilder().setVectors(NamedVectors.getDefaultInstance()))
                .putAllPayload(payload)
                .build();
    }

    /** Returns what asks for some of the payload. */
    static WithPayloadSelector only(String... names) {
        return WithPayloadSelector.newBuilder()
                .setInclude(PayloadIncludeSelector.newBuilder().addAllFields(List.of(names)))
                .build();
    }

    /** Returns what asks for all of the payload. */
    static WithPayloadSelector all() {
        return WithPayloadSelector.newBuilder().setEnable(true).build();
    }
}
