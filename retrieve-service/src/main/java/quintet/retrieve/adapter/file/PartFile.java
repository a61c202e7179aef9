package quintet.retrieve.adapter.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.UnitVector;

/**
 * The bytes of a staged part: CRC-32C of the rest, 4 bytes big-endian, then the part as JSON, each vector as base64 of
 * little-endian single-precision values.
 */
final class PartFile {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(new VectorSerializer())
                    .addDeserializer(UnitVector.class, new VectorDeserializer()));

    private PartFile() {}

    static ByteBuffer write(DocumentPart part) throws JsonProcessingException {
        byte[] json = JSON.writeValueAsBytes(part);
        return ByteBuffer.allocate(Integer.BYTES + json.length)
                .putInt(checksum(json, 0))
                .put(json)
                .flip();
    }

    /** Returns the part; fails if the bytes are not those that were written. */
    static DocumentPart read(byte[] file) throws IOException {
        if (file.length < Integer.BYTES || ByteBuffer.wrap(file).getInt() != checksum(file, Integer.BYTES)) {
            throw new IOException("the checksum does not match");
        }
        return JSON.readValue(file, Integer.BYTES, file.length - Integer.BYTES, DocumentPart.class);
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, bytes.length - from);
        return (int) checksum.getValue();
    }

    private static final class VectorSerializer extends StdSerializer<UnitVector> {
        private static final long serialVersionUID = 1L;

        VectorSerializer() {
            super(UnitVector.class);
        }

        @Override
        public void serialize(UnitVector vector, JsonGenerator json, SerializerProvider provider) throws IOException {
            float[] values = vector.toArray();
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            var _ = bytes.asFloatBuffer().put(values);
            json.writeBinary(bytes.array());
        }
    }

    private static final class VectorDeserializer extends StdDeserializer<UnitVector> {
        private static final long serialVersionUID = 1L;

        VectorDeserializer() {
            super(UnitVector.class);
        }

        @Override
        public UnitVector deserialize(JsonParser json, DeserializationContext context) throws IOException {
            byte[] bytes = json.getBinaryValue();
            float[] values = new float[bytes.length / Float.BYTES];
            var _ = ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return new UnitVector(values);
        }
    }
}
