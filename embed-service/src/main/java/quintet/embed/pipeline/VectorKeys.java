package quintet.embed.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import quintet.embed.model.ModelRef;
import quintet.embed.model.VectorKey;

/** Makes the key of a passage's vector. */
final class VectorKeys {
    private VectorKeys() {}

    /**
     * Returns the key of a vector.
     *
     * @param text as the model reads it, with title and headings
     */
    static VectorKey of(ModelRef model, String text) {
        String madeFrom = String.join("\0", model.name(), model.revision(), Integer.toString(model.dimension()), text);
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(madeFrom.getBytes(UTF_8));
            return new VectorKey(HexFormat.of().formatHex(sha256));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
