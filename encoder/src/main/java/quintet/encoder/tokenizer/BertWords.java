package quintet.encoder.tokenizer;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Normalises a text as BERT does and cuts it into words: control characters out, ideographs and punctuation by themselves,
 * accents and capitals as the tokenizer's settings say. After Hugging Face's {@code BertNormalizer} and
 * {@code BertPreTokenizer}. While a word is handed out, its characters and their places in the text are in the fields.
 */
final class BertWords {
    private final TokenizerFile settings;
    private final boolean stripAccents;
    private final Consumer<BertWords> onWord;

    /** Normalised characters of the current word, valid up to {@link #length}. */
    char[] characters = new char[32];
    /** For each of them the offset of the character of the text that it came from. */
    int[] starts = new int[32];
    /** For each of them the offset behind that character. */
    int[] ends = new int[32];
    /** Number of normalised characters of the current word, in UTF-16 code units. */
    int length;

    BertWords(TokenizerFile settings, Consumer<BertWords> onWord) {
        this.settings = settings;
        this.stripAccents = settings.stripAccents();
        this.onWord = onWord;
    }

    /** Hands out the words of {@code text} in order. */
    void split(String text) {
        int end;
        for (int start = 0; start < text.length(); start = end) {
            int c = text.codePointAt(start);
            end = start + Character.charCount(c);
            if (isDropped(c)) {
                continue;
            }
            if (c < 0x80) {
                append(settings.lowerCase ? Character.toLowerCase(c) : c, start, end);
            } else if (settings.splitChinese && isIdeograph(c)) {
                endWord();
                appendNormalized(c, start, end);
                endWord();
            } else {
                appendNormalized(c, start, end);
            }
        }
        endWord();
    }

    private void appendNormalized(int c, int start, int end) {
        if (!stripAccents) {
            appendLowerCase(c, start, end);
            return;
        }
        String decomposed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
        for (int i = 0; i < decomposed.length(); ) {
            int part = decomposed.codePointAt(i);
            i += Character.charCount(part);
            if (Character.getType(part) != Character.NON_SPACING_MARK) {
                appendLowerCase(part, start, end);
            }
        }
    }

    private void appendLowerCase(int c, int start, int end) {
        if (!settings.lowerCase) {
            append(c, start, end);
        } else if (c == 'İ') {
            append('i', start, end);
            append('\u0307', start, end);
        } else {
            append(Character.toLowerCase(c), start, end);
        }
    }

    /** Takes a normalised character: only here can be seen whether it is punctuation, since some letters and signs decompose to it. */
    private void append(int c, int start, int end) {
        if (isSpace(c)) {
            endWord();
        } else if (isPunctuation(c)) {
            endWord();
            put(c, start, end);
            endWord();
        } else {
            put(c, start, end);
        }
    }

    private void endWord() {
        if (length > 0) {
            onWord.accept(this);
            length = 0;
        }
    }

    private void put(int c, int start, int end) {
        if (Character.isBmpCodePoint(c)) {
            putUnit((char) c, start, end);
        } else {
            putUnit(Character.highSurrogate(c), start, end);
            putUnit(Character.lowSurrogate(c), start, end);
        }
    }

    private void putUnit(char c, int start, int end) {
        if (length == characters.length) {
            characters = Arrays.copyOf(characters, length * 2);
            starts = Arrays.copyOf(starts, length * 2);
            ends = Arrays.copyOf(ends, length * 2);
        }
        characters[length] = c;
        starts[length] = start;
        ends[length++] = end;
    }

    private boolean isDropped(int c) {
        if (c >= 0x20 && c < 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL -> settings.cleanText && c != '\t' && c != '\n' && c != '\r';
            case Character.FORMAT, Character.PRIVATE_USE -> settings.cleanText;
            case Character.SURROGATE -> true;
            default -> settings.cleanText && c == 0xFFFD;
        };
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c > 0x7F && (c == 0x85 || Character.isSpaceChar(c)));
    }

    private static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isIdeograph(int c) {
        return c >= 0x3400
                && (c <= 0x4DBF
                        || (c >= 0x4E00 && c <= 0x9FFF)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0x20000 && c <= 0x2A6DF)
                        || (c >= 0x2A700 && c <= 0x2CEAF)
                        || (c >= 0x2F800 && c <= 0x2FA1F));
    }
}
