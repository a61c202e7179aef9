package quintet.identity;

import java.util.HexFormat;

/** Who has sent a request, by their key. */
sealed interface Caller {
    /**
     * Somebody of a tenant.
     *
     * @param authorization the header that proves it, to be passed on where the next service acts for the same caller
     */
    record User(Identity identity, String authorization) implements Caller {
        private static final int FINGERPRINT_BYTES = 12;

        /** Returns what tells this key from others, by which nobody finds the key: a part of its SHA-256. */
        String fingerprint() {
            String key = authorization.substring(authorization.indexOf(' ') + 1).strip();
            return HexFormat.of().formatHex(KeyFile.sha256(key), 0, FINGERPRINT_BYTES);
        }

        /** Leaves the key out, so that no log has it. */
        @Override
        public String toString() {
            return "User[identity=%s]".formatted(identity);
        }
    }

    /** Another service of the suite, which acts for itself. It has no tenant. */
    record Service() implements Caller {}
}
