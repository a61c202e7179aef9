package quintet.encoder.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks over the fields of one protobuf message, in the order of its bytes. Nothing is copied. */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final ByteBuffer bytes;
    private int field;
    private int wireType;

    ProtoReader(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field; false at the end of the message. The value must be read or skipped before the next call. */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = readVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        return true;
    }

    int field() {
        return field;
    }

    long varint() {
        expect(VARINT);
        return readVarint();
    }

    float fixed32() {
        expect(FIXED32);
        return bytes.getFloat();
    }

    ByteBuffer bytes() {
        expect(LENGTH_DELIMITED);
        int length = Math.toIntExact(readVarint());
        ByteBuffer value = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return value;
    }

    ProtoReader message() {
        return new ProtoReader(bytes());
    }

    String string() {
        return StandardCharsets.UTF_8.decode(bytes()).toString();
    }

    /** Whether the value is a run of bytes, which is how packed repeated numbers come. */
    boolean isBytes() {
        return wireType == LENGTH_DELIMITED;
    }

    void skip() {
        switch (wireType) {
            case VARINT -> {
                long _ = readVarint();
            }
            case FIXED64 -> bytes.position(bytes.position() + Long.BYTES);
            case LENGTH_DELIMITED -> {
                ByteBuffer _ = bytes();
            }
            case FIXED32 -> bytes.position(bytes.position() + Integer.BYTES);
            default -> throw new IllegalArgumentException("wire type %d is unknown".formatted(wireType));
        }
    }

    private void expect(int type) {
        if (wireType != type) {
            throw new IllegalArgumentException(
                    "field %d has wire type %d, must be %d".formatted(field, wireType, type));
        }
    }

    private long readVarint() {
        return varint(bytes);
    }

    /** Reads one number of a packed field. */
    static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has more than 64 bits");
    }
}
