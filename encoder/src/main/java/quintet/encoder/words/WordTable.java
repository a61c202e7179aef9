package quintet.encoder.words;

import java.util.Arrays;

/**
 * Words and their rows in one open-addressing table: about 2 bytes a character and 12 to 20 bytes a word, a quarter of what a
 * map of strings takes.
 */
final class WordTable {
    private final int[] offsets;
    private final int[] slots;
    private char[] characters;
    private int size;

    /** Creates a table for at most {@code capacity} words. */
    WordTable(int capacity) {
        offsets = new int[capacity + 1];
        slots = new int[Integer.highestOneBit(Math.max(1, capacity)) * 4];
        characters = new char[Math.max(16, capacity * 8)];
    }

    int size() {
        return size;
    }

    /** Adds a word as the next row unless it is there; returns whether it was added. */
    boolean add(String word) {
        int slot = find(word);
        if (slots[slot] != 0) {
            return false;
        }
        int from = offsets[size];
        int to = Math.addExact(from, word.length());
        if (to > characters.length) {
            characters = Arrays.copyOf(characters, Math.max(to, (int) Math.min(Integer.MAX_VALUE - 8, to * 3L / 2)));
        }
        word.getChars(0, word.length(), characters, from);
        offsets[++size] = to;
        slots[slot] = size;
        return true;
    }

    /** Returns the row of a word, from 0, or -1. */
    int row(String word) {
        return slots[find(word)] - 1;
    }

    String word(int row) {
        return new String(characters, offsets[row], offsets[row + 1] - offsets[row]);
    }

    /** Returns the slot of the word, or the empty one where it would go. */
    private int find(String word) {
        int mixed = word.hashCode() * 0x9E3779B9;
        int slot = (mixed ^ (mixed >>> 15)) & (slots.length - 1);
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, word)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean isAt(int row, String word) {
        int from = offsets[row];
        if (offsets[row + 1] - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (characters[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
