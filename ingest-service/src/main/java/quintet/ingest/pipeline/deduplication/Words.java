package quintet.ingest.pipeline.deduplication;

import java.util.Arrays;

/**
 * The words of a normal text as 64-bit hashes, in their order. A word is a run of letters, digits and combining marks; in
 * scripts that put no spaces between words each character is one.
 */
final class Words {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Words() {}

    static long[] hashes(String normal) {
        long[] words = new long[normal.length() / 5 + 8];
        int count = 0;
        long hash = OFFSET;
        boolean inside = false;
        for (int i = 0; i <= normal.length(); ) {
            int c = i < normal.length() ? normal.codePointAt(i) : ' ';
            i += Character.charCount(c);
            boolean alone = standsAlone(c);
            boolean part = !alone && isPart(c);
            if (inside && !part) {
                words = append(words, count++, hash);
            }
            if (alone) {
                words = append(words, count++, step(OFFSET, c));
            }
            hash = part ? step(inside ? hash : OFFSET, c) : hash;
            inside = part;
        }
        return Arrays.copyOf(words, count);
    }

    /** Returns the hash of one word. */
    static long hash(String word) {
        return word.codePoints().asLongStream().reduce(OFFSET, (hash, c) -> step(hash, (int) c));
    }

    /** FNV-1a, over code points. */
    private static long step(long hash, int c) {
        return (hash ^ c) * PRIME;
    }

    private static long[] append(long[] words, int count, long hash) {
        long[] room = count < words.length ? words : Arrays.copyOf(words, 2 * count);
        room[count] = hash;
        return room;
    }

    private static boolean isPart(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> Character.isLetterOrDigit(c);
        };
    }

    private static boolean standsAlone(int c) {
        if (c < 0x0E00) {
            return false;
        }
        return Character.isIdeographic(c)
                || switch (Character.UnicodeScript.of(c)) {
                    case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }
}
