package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.modelserver.model.Tokens;

/** The vocabulary of a model. Pieces are kept once they were asked for. */
final class LlamaVocabulary {
    private static final int PIECE_BYTES = 128;

    private final LlamaLibrary library;
    private final MemorySegment vocabulary;
    private final int size;
    private final @Nullable Piece[] pieces;

    /** The bytes of a token. */
    private static final class Piece {
        private final byte[] bytes;

        Piece(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    LlamaVocabulary(LlamaLibrary library, MemorySegment vocabulary) {
        this.library = library;
        this.vocabulary = vocabulary;
        this.size = library.vocabularySize.callInt(vocabulary);
        this.pieces = new Piece[size];
    }

    int size() {
        return size;
    }

    boolean ends(int token) {
        return library.isEndOfGeneration.callBoolean(vocabulary, checked(token));
    }

    /** Returns the names of all control tokens, which a text must not be able to write. */
    List<String> controlTexts() {
        List<String> texts = new ArrayList<>();
        for (int token = 0; token < size; token++) {
            if (library.isControl.callBoolean(vocabulary, token)) {
                String text = text(token);
                if (!text.isEmpty()) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    Tokens tokenize(String text, boolean whole, boolean control) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, input, JAVA_BYTE, 0, bytes.length);
            // A token for each byte, and the two that may come around them.
            int most = bytes.length + 2;
            MemorySegment output = arena.allocate(JAVA_INT, most);
            int count = library.tokenize.callInt(vocabulary, input, bytes.length, output, most, whole, control);
            if (count < 0 && count != Integer.MIN_VALUE) {
                most = -count;
                output = arena.allocate(JAVA_INT, most);
                count = library.tokenize.callInt(vocabulary, input, bytes.length, output, most, whole, control);
            }
            if (count < 0) {
                throw new IllegalStateException("llama_tokenize failed with code %d".formatted(count));
            }
            int[] ids = new int[count];
            MemorySegment.copy(output, JAVA_INT, 0, ids, 0, count);
            return new Tokens(ids);
        }
    }

    byte[] piece(int token) {
        Piece known = pieces[checked(token)];
        if (known == null) {
            known = new Piece(readPiece(token));
            pieces[token] = known;
        }
        return known.bytes.clone();
    }

    private byte[] readPiece(int token) {
        try (Arena arena = Arena.ofConfined()) {
            int length = PIECE_BYTES;
            MemorySegment buffer = arena.allocate(length);
            int count = library.tokenToPiece.callInt(vocabulary, token, buffer, length, 0, false);
            if (count < 0) {
                length = -count;
                buffer = arena.allocate(length);
                count = library.tokenToPiece.callInt(vocabulary, token, buffer, length, 0, false);
            }
            return buffer.asSlice(0, Math.max(0, count)).toArray(JAVA_BYTE);
        }
    }

    /** Says how the vocabularies differ, if they do. */
    Optional<String> difference(LlamaVocabulary other) {
        if (size != other.size) {
            return Optional.of("one has %d tokens, the other %d".formatted(size, other.size));
        }
        for (int token = 0; token < size; token++) {
            String text = text(token);
            String otherText = other.text(token);
            if (!text.equals(otherText)) {
                return Optional.of(
                        "token %d is \"%s\" in one and \"%s\" in the other".formatted(token, text, otherText));
            }
        }
        return Optional.empty();
    }

    private String text(int token) {
        return LlamaLibrary.text(library.tokenText.callPointer(vocabulary, token));
    }

    private int checked(int token) {
        if (token < 0 || token >= size) {
            throw new IllegalArgumentException("token is %d, must be 0 to %d".formatted(token, size - 1));
        }
        return token;
    }
}
