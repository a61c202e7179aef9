package quintet.retrieve.adapter.qdrant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Texts as numbers, six bytes of UTF-8 a number, so that texts with the same beginning are a range: Qdrant compares numbers by
 * size and texts only as a whole. A byte is a digit from 1 to 256; behind the end of the text all digits are 0. The numbers are
 * exact as doubles, which Qdrant's ranges are.
 */
final class TextDigits {
    private static final int BASE = 257;
    private static final int PER_GROUP = 6;

    private TextDigits() {}

    /** Returns the groups of a text. */
    static long[] of(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        long[] groups = new long[(bytes.length + PER_GROUP - 1) / PER_GROUP];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = group(bytes, i);
        }
        return groups;
    }

    /**
     * Returns how much greater than the last of {@link #of} the same number of a text may be that begins with {@code prefix}:
     * its further digits are anything.
     */
    static long spread(String prefix) {
        int rest = prefix.getBytes(UTF_8).length % PER_GROUP;
        long spread = 1;
        for (int i = rest; rest != 0 && i < PER_GROUP; i++) {
            spread *= BASE;
        }
        return spread - 1;
    }

    private static long group(byte[] bytes, int group) {
        byte[] digits = Arrays.copyOfRange(bytes, group * PER_GROUP, (group + 1) * PER_GROUP);
        int end = Math.min(PER_GROUP, bytes.length - group * PER_GROUP);
        long number = 0;
        for (int i = 0; i < PER_GROUP; i++) {
            number = number * BASE + (i < end ? (digits[i] & 0xff) + 1 : 0);
        }
        return number;
    }
}
