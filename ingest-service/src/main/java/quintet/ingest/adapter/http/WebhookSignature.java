package quintet.ingest.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a request so that its receiver knows who sent it, and when: {@code t=<seconds>,v1=<hex>}, where {@code v1} is the
 * HMAC-SHA256 of {@code <seconds>.<body>}. The receiver refuses old times, so that a request can not be sent again by others.
 */
final class WebhookSignature {
    static final String HEADER = "Webhook-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    WebhookSignature(String secret) {
        key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    }

    String of(byte[] body, long epochSeconds) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((epochSeconds + ".").getBytes(UTF_8));
            return "t=%d,v1=%s".formatted(epochSeconds, HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
