package quintet.retrieve.adapter.qdrant;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.Points.VectorsSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.port.PassageWords;

/** Passages as points. */
final class PassagePoints {
    /** Asks for the vectors of passages, without those of their words. */
    static final WithVectorsSelector VECTORS = WithVectorsSelector.newBuilder()
            .setInclude(VectorsSelector.newBuilder().addNames(Schema.DENSE))
            .build();

    private final PassageWords words;
    private final SparseWords sparse;
    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    PassagePoints(PassageWords words, SparseWords sparse) {
        this.words = words;
        this.sparse = sparse;
    }

    /** Returns the point of a passage that searches see from {@code generation} on. */
    PointStruct point(DocumentPart part, EmbeddedPassage embedded, long generation) {
        String document = part.ref().documentId();
        String chunk = embedded.passage().chunkId();
        Map<String, Value> payload = Payload.empty();
        payload.putAll(FilterPayload.of(document, part.info()));
        payload.put(
                AccessPayload.FIELD,
                Payload.texts(
                        AccessPayload.of(part.ref().collection(), part.info().groups())));
        payload.put(Payload.DOCUMENT, ValueFactory.value(document));
        payload.put(Payload.VERSION, ValueFactory.value(part.ref().version()));
        payload.put(Payload.CHUNK, ValueFactory.value(chunk));
        payload.put(Payload.FROM, ValueFactory.value(generation));
        payload.put(Payload.STORED, ValueFactory.value(write(part, embedded)));
        if (embedded.key() != null) {
            payload.put(Payload.VECTOR_KEY, ValueFactory.value(embedded.key().sha256()));
        }
        return PointStruct.newBuilder()
                .setId(id(document, part.ref().version(), chunk))
                .setVectors(Vectors.newBuilder().setVectors(vectors(part, embedded)))
                .putAllPayload(payload)
                .build();
    }

    /** The same passage of the same version is the same point, so that writing it twice is an upsert. */
    static PointId id(String document, long version, String chunk) {
        return PointIdFactory.id(UUID.nameUUIDFromBytes(
                "%s@%d#%s".formatted(document, version, chunk).getBytes(UTF_8)));
    }

    private NamedVectors vectors(DocumentPart part, EmbeddedPassage embedded) {
        NamedVectors.Builder vectors = NamedVectors.newBuilder().putVectors(Schema.DENSE, dense(embedded.vector()));
        SparseVector weights = sparse.ofPassage(words.ofPassage(part.info(), embedded.passage()));
        if (weights.getIndicesCount() > 0) {
            vectors.putVectors(
                    Schema.WORDS, Vector.newBuilder().setSparse(weights).build());
        }
        return vectors.build();
    }

    private static Vector dense(UnitVector vector) {
        DenseVector.Builder dense = DenseVector.newBuilder();
        for (float value : vector.toArray()) {
            dense.addData(value);
        }
        return Vector.newBuilder().setDense(dense).build();
    }

    /** Returns the vector of a point; servers before 1.16 answer with another field. */
    @SuppressWarnings("deprecation")
    static UnitVector vector(VectorsOutput vectors) {
        VectorOutput output = vectors.getVectors().getVectorsOrDefault(Schema.DENSE, VectorOutput.getDefaultInstance());
        var data = output.hasDense() ? output.getDense().getDataList() : output.getDataList();
        float[] values = new float[data.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = data.get(i));
        return new UnitVector(values);
    }

    private String write(DocumentPart part, EmbeddedPassage embedded) {
        try {
            return json.writeValueAsString(
                    new StoredPassage(part.ref().documentId(), part.ref().version(), part.info(), embedded.passage()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the passage of a payload. */
    StoredPassage read(Map<String, Value> payload) {
        try {
            return json.readValue(Payload.text(payload, Payload.STORED), StoredPassage.class);
        } catch (JsonProcessingException e) {
            throw Failure.unavailable("INDEX_UNREADABLE", "a passage in Qdrant can not be read: " + e.getMessage(), e);
        }
    }
}
