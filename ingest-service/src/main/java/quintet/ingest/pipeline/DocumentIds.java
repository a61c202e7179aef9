package quintet.ingest.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;

/** Derives ids for documents that come without one. */
final class DocumentIds {
    private static final int MAX_NAME_CHARACTERS = 80;

    private DocumentIds() {}

    /**
     * Returns an id from file name, content and access groups: the same file sent again is the same document, and never one of
     * somebody who may see more.
     */
    static String derive(Attributes given, Blob blob) {
        String filename = given.filename();
        String name = filename.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[-.]+|-+$", "");
        String readable = name.substring(0, Math.min(name.length(), MAX_NAME_CHARACTERS));
        try {
            String groups = given.groups().isEmpty() ? "" : "\0" + String.join(",", given.groups());
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((filename + "\0" + blob.sha256() + groups).getBytes(UTF_8));
            String hash = HexFormat.of().formatHex(digest, 0, 6);
            return readable.isEmpty() ? hash : readable + "-" + hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
