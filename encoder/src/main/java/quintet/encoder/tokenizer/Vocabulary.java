package quintet.encoder.tokenizer;

import java.util.Arrays;
import java.util.Map;

/**
 * The pieces of a WordPiece vocabulary in one open-addressing table: a look-up compares characters in place and allocates
 * nothing, and the whole vocabulary takes less than a megabyte.
 */
final class Vocabulary {
    private static final int FIRST_SEED = 17;
    private static final int CONTINUING_SEED = 7919;

    private final char[] characters;
    private final int[] offsets;
    private final int[] slots;
    private final boolean[] continuing;
    private final int[] ids;
    private final int longest;

    /** Builds the table; pieces that open with {@code continuingPrefix} are found only inside words. */
    Vocabulary(Map<String, Integer> idByPiece, String continuingPrefix) {
        int count = idByPiece.size();
        StringBuilder pool = new StringBuilder(count * 8);
        offsets = new int[count + 1];
        continuing = new boolean[count];
        ids = new int[count];
        slots = new int[Integer.highestOneBit(Math.max(1, count)) * 4];
        int n = 0;
        int max = 0;
        for (Map.Entry<String, Integer> entry : idByPiece.entrySet()) {
            String piece = entry.getKey();
            boolean inside = piece.length() > continuingPrefix.length() && piece.startsWith(continuingPrefix);
            String shown = inside ? piece.substring(continuingPrefix.length()) : piece;
            pool.append(shown);
            offsets[n + 1] = pool.length();
            continuing[n] = inside;
            ids[n] = entry.getValue();
            max = Math.max(max, shown.length());
            int hash = seed(inside);
            for (int i = 0; i < shown.length(); i++) {
                hash = extend(hash, shown.charAt(i));
            }
            int slot = slot(hash);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = ++n;
        }
        characters = pool.toString().toCharArray();
        longest = max;
    }

    /** Returns the length of the longest piece, in UTF-16 code units. */
    int longest() {
        return longest;
    }

    /** Returns the hash of no characters, from which {@link #extend} goes on. */
    static int seed(boolean inside) {
        return inside ? CONTINUING_SEED : FIRST_SEED;
    }

    /** Returns the hash of what {@code hash} stands for and one character more. */
    static int extend(int hash, char next) {
        return hash * 31 + next;
    }

    /** Returns the id of the piece {@code word[from..to)} with the given hash, or -1. */
    int find(int hash, char[] word, int from, int to, boolean inside) {
        for (int slot = slot(hash); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int piece = slots[slot] - 1;
            if (continuing[piece] == inside
                    && Arrays.equals(characters, offsets[piece], offsets[piece + 1], word, from, to)) {
                return ids[piece];
            }
        }
        return -1;
    }

    private int slot(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & (slots.length - 1);
    }
}
