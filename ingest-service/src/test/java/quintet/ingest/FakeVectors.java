package quintet.ingest;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.CurrentModel;
import quintet.ingest.port.IndexVectors;

/** An index that has a vector for every chunk of the versions that a test says, and the model that made them. */
@Mock
@ApplicationScoped
public class FakeVectors implements IndexVectors, CurrentModel {
    public static final VectorModel MODEL = new VectorModel("fake", "0123456789ab", 4);

    private final Map<DocumentKey, Long> versions = new ConcurrentHashMap<>();
    private final Map<String, VectorModel> models = new ConcurrentHashMap<>();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private volatile VectorModel current = MODEL;

    /** Says what searches find. */
    public void index(DocumentRef ref) {
        versions.put(ref.key(), ref.version());
        models.putIfAbsent(ref.key().collection(), MODEL);
    }

    public void setModel(String collection, VectorModel model) {
        models.put(collection, model);
    }

    public void setUnreadable(String collection) {
        unreadable.add(collection);
    }

    public void setCurrent(VectorModel model) {
        current = model;
    }

    /** Returns the vector of a chunk, of unit length and like no other's. */
    public static ChunkVector vector(UUID chunkId) {
        double angle = chunkId.hashCode();
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat((float) Math.cos(angle)).putFloat((float) Math.sin(angle));
        return new ChunkVector(
                bytes.array(),
                HexFormat.of().toHexDigits(chunkId.getMostSignificantBits()).repeat(4));
    }

    @Override
    public VectorModel get() {
        return current;
    }

    @Override
    public Optional<VectorModel> model(String collection) {
        return Optional.ofNullable(models.get(collection));
    }

    @Override
    public Found find(DocumentKey key, List<UUID> chunkIds) {
        if (unreadable.contains(key.collection())) {
            throw Failure.unavailable("INDEX_UNAVAILABLE", "unreadable for a test", null);
        }
        return new Found(
                versions.getOrDefault(key, 0L),
                model(key.collection()),
                chunkIds.stream().collect(Collectors.toMap(id -> id, FakeVectors::vector)));
    }
}
