package quintet.ingest.adapter.tika;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.ParsedDocument;

/**
 * What goes to a worker and comes back: JSON after its length in bytes (4, big endian). Neither side believes the other a
 * length above its bound.
 */
final class WorkerMessages {
    private static final int MAX_REQUEST_BYTES = 1 << 20;

    /** Bytes of a reply beyond those of its text: a block of one character has some 60 around it. */
    private static final long REPLY_MARGIN_BYTES = 1 << 20;

    private static final int MAX_BYTES_PER_CHARACTER = 64;

    private final ObjectMapper json;
    private final int maxReplyBytes;

    WorkerMessages(int maxCharacters) {
        maxReplyBytes = Math.toIntExact(
                Math.min(Integer.MAX_VALUE - 16, (long) maxCharacters * MAX_BYTES_PER_CHARACTER + REPLY_MARGIN_BYTES));
        json = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Math.max(maxCharacters, MAX_REQUEST_BYTES))
                        .build())
                .build());
    }

    /** Asks for a file, with what the caller said of it. */
    record Request(String file, String filename, String mimeType) {}

    /**
     * Either a document, or why there is none.
     *
     * @param reason reason of the refusal
     * @param message its sentence, for the caller
     * @param detail what the parser threw, for the log
     */
    record Reply(
            @Nullable ParsedDocument document,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String detail) {

        static Reply of(ParsedDocument document) {
            return new Reply(document, null, null, null);
        }

        static Reply refusal(String reason, String message, @Nullable String detail) {
            return new Reply(null, reason, message, detail);
        }
    }

    void write(OutputStream out, Request request) throws IOException {
        frame(out, json.writeValueAsBytes(request));
    }

    void write(OutputStream out, Reply reply) throws IOException {
        frame(out, json.writeValueAsBytes(reply));
    }

    /** Blocks; throws {@link java.io.EOFException} when the other side is gone. */
    Request readRequest(DataInputStream in) throws IOException {
        return json.readValue(frame(in, MAX_REQUEST_BYTES), Request.class);
    }

    /** Blocks; throws {@link java.io.EOFException} when the other side is gone. */
    Reply readReply(DataInputStream in) throws IOException {
        return json.readValue(frame(in, maxReplyBytes), Reply.class);
    }

    private static void frame(OutputStream out, byte[] body) throws IOException {
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(body.length).array());
        out.write(body);
        out.flush();
    }

    private static byte[] frame(DataInputStream in, int max) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > max) {
            throw new IOException("a message of %d bytes, the limit is %d".formatted(length, max));
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new java.io.EOFException("the message ends after %d of %d bytes".formatted(body.length, length));
        }
        return body;
    }
}
