package quintet.ingest.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names everything of a document that the vector of a chunk depends on. Whether two chunks with the same key have the same
 * vector depends on the model too, which embed-service and the index see to.
 *
 * @param sha256 lower-case hexadecimal
 */
public record EmbeddingKey(String sha256) {
    /**
     * Returns the key of a chunk.
     *
     * @param title of the document or, where it has none, its file name
     * @param sectionPath headings above the chunk
     */
    public static EmbeddingKey of(String title, List<String> sectionPath, String text) {
        String madeFrom = title + "\0" + String.join("\0", sectionPath) + "\0\0" + text;
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(madeFrom.getBytes(UTF_8));
            return new EmbeddingKey(HexFormat.of().formatHex(sha256));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
