package quintet.ingest.adapter.jsonl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Lines from and to bytes, and what they may hold. */
final class JsonLines {
    /** Longest line in bytes, without its line feed. Everything that is long goes over several lines. */
    static final int MAX_LINE = 2 << 20;

    /** Longest piece of text in a line, in UTF-16 code units; six bytes each at worst. */
    static final int MAX_TEXT = 100_000;

    /** Most original bytes in a line. */
    static final int MAX_BYTES = 512 << 10;

    private static final int MAX_MESSAGE = 200;
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    private static final ObjectWriter WRITER = MAPPER.writerFor(BundleLine.class);
    private static final ObjectReader READER = MAPPER.readerFor(BundleLine.class);

    private JsonLines() {}

    /** Returns a line without its line feed. */
    static byte[] write(BundleLine line) {
        try {
            byte[] bytes = WRITER.writeValueAsBytes(line);
            if (bytes.length > MAX_LINE) {
                throw new IllegalStateException("a line has %d bytes, nobody would read it".formatted(bytes.length));
            }
            return bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line can not be written", e);
        }
    }

    /** Reads a line; fails with {@link JsonProcessingException} if it is none. */
    static BundleLine read(byte[] line, int length) throws IOException {
        return READER.readValue(line, 0, length);
    }

    /** Returns the version that a first line names; 0 if it is no manifest. */
    static int version(byte[] line, int length) throws IOException {
        JsonNode json = MAPPER.readTree(line, 0, length);
        return BundleLine.FORMAT.equals(json.path("format").textValue())
                ? json.path("version").asInt()
                : 0;
    }

    /** Returns what is wrong with a line, without where Jackson was and what it read. */
    static String why(IOException e) {
        String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        String visible = String.valueOf(why).replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= MAX_MESSAGE ? visible : visible.substring(0, MAX_MESSAGE) + "…";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
