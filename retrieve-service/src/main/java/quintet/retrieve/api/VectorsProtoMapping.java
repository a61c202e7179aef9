package quintet.retrieve.api;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import quintet.retrieve.model.DocumentVectors;
import quintet.retrieve.model.StoredVector;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.v1.GetVectorsResponse;
import quintet.retrieve.v1.PassageVector;

/** Maps vectors to the wire. */
final class VectorsProtoMapping {
    private VectorsProtoMapping() {}

    static GetVectorsResponse toProto(DocumentVectors document) {
        GetVectorsResponse.Builder response = GetVectorsResponse.newBuilder().setVersion(document.version());
        document.model()
                .ifPresent(model -> response.setModel(model.name())
                        .setRevision(model.revision())
                        .setDimension(model.dimension()));
        for (StoredVector vector : document.vectors()) {
            response.addVectors(toProto(vector));
        }
        return response.build();
    }

    private static PassageVector toProto(StoredVector stored) {
        PassageVector.Builder vector = PassageVector.newBuilder()
                .setChunkId(stored.chunkId())
                .setVector(ByteString.copyFrom(littleEndian(stored.vector())));
        if (stored.key() != null) {
            byte[] key = HexFormat.of().parseHex(stored.key().sha256());
            vector.setVectorKey(ByteString.copyFrom(key));
        }
        return vector.build();
    }

    private static byte[] littleEndian(UnitVector vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.dimension()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector.toArray());
        return bytes.array();
    }
}
