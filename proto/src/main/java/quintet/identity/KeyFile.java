package quintet.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys of callers, by hash. A line is {@code SHA-256 tenant [groups] [operator]}: the hash of the key in hexadecimal, then the
 * tenant, then the groups with commas between them, {@code *} for every group or {@code -} for none. Empty lines and lines that
 * begin with {@code #} are left out.
 */
final class KeyFile {
    private static final int MAX_KEYS = 10_000;
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final List<Entry> entries;

    private KeyFile(List<Entry> entries) {
        this.entries = entries;
    }

    /** A line; the hash is wrapped because a record's array would be compared by identity. */
    private record Entry(Hash hash, Identity identity) {}

    private static final class Hash {
        private final byte[] bytes;

        Hash(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean is(byte[] other) {
            return MessageDigest.isEqual(bytes, other);
        }
    }

    /** Reads the lines of a file; an {@link IllegalArgumentException} names the line that is none. */
    static KeyFile parse(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                entries.add(entry(line));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line %d of the keys: %s".formatted(i + 1, e.getMessage()), e);
            }
        }
        if (entries.isEmpty() || entries.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "there are %d keys, must be 1 to %d".formatted(entries.size(), MAX_KEYS));
        }
        return new KeyFile(entries);
    }

    private static Entry entry(String line) {
        List<String> words = List.of(SPACES.split(line));
        if (words.size() < 2 || words.size() > 4) {
            throw new IllegalArgumentException(
                    "it has %d words, must have 2 to 4: SHA-256 tenant [groups] [operator]".formatted(words.size()));
        }
        if (words.get(0).length() != 64) {
            throw new IllegalArgumentException("the SHA-256 has %d characters, must have 64 of 0-9 and a-f"
                    .formatted(words.get(0).length()));
        }
        byte[] hash = HexFormat.of().parseHex(words.get(0));
        String groups = words.size() < 3 ? "-" : words.get(2);
        boolean operator = words.size() == 4;
        if (operator && !words.get(3).equals("operator")) {
            throw new IllegalArgumentException("the fourth word must be operator or left out");
        }
        boolean every = groups.equals("*");
        Set<String> named = every || groups.equals("-") ? Set.of() : Set.copyOf(List.of(groups.split(",", -1)));
        return new Entry(new Hash(hash), new Identity(words.get(1), every, named, operator));
    }

    /** Returns whose key this is. Takes the same time whichever it is, and whether it is any. */
    Optional<Identity> find(String key) {
        byte[] hash = sha256(key);
        Optional<Identity> found = Optional.empty();
        for (Entry entry : entries) {
            if (entry.hash().is(hash)) {
                found = Optional.of(entry.identity());
            }
        }
        return found;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
