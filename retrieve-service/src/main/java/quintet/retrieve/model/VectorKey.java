package quintet.retrieve.model;

import java.util.regex.Pattern;

/**
 * Names a vector by everything that it is made from, the model among it: equal keys mean equal vectors, bit for bit.
 *
 * @param sha256 lower-case hexadecimal
 */
public record VectorKey(String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Refuses what can be no SHA-256. */
    public VectorKey {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "key of a vector has %d characters, must be 64 hexadecimal digits".formatted(sha256.length()));
        }
    }
}
