package quintet.ingest.pipeline.chunking;

import java.util.Arrays;

/** Counts tokens between two offsets of a text, from the rising offsets where tokens begin. */
final class TokenSpans {
    private TokenSpans() {}

    /** Returns the index of the first token that begins at {@code offset} or behind it. */
    static int indexOf(int[] tokenStarts, int offset) {
        int found = Arrays.binarySearch(tokenStarts, offset);
        if (found < 0) {
            return -found - 1;
        }
        // Several tokens of one character share its offset.
        while (found > 0 && tokenStarts[found - 1] == offset) {
            found--;
        }
        return found;
    }

    /** Returns whether a character that is not blank belongs to a token that begins before it: half a word is one, too. */
    static boolean isInside(int[] tokenStarts, int offset) {
        return Arrays.binarySearch(tokenStarts, offset) < 0;
    }

    /** Returns the number of tokens that begin in {@code [start, end)}. */
    static int count(int[] tokenStarts, int start, int end) {
        return indexOf(tokenStarts, end) - indexOf(tokenStarts, start);
    }
}
