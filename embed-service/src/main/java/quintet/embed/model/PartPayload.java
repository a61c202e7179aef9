package quintet.embed.model;

/** A part as it came in. It goes on to the index as it is, and nothing here looks into it. Immutable. */
public final class PartPayload {
    private final byte[] bytes;

    /** Copies {@code bytes}. */
    public PartPayload(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }
}
