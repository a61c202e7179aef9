package quintet.modelserver.pipeline.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes bytes that come in pieces; a character is held back until it is whole. What is no UTF-8 becomes U+FFFD. */
final class Utf8Decoder {
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer held = ByteBuffer.allocate(LONGEST_CHARACTER).limit(0);

    /** Returns the characters that are whole now. */
    String add(byte[] piece) {
        return decode(piece, false);
    }

    /** Returns what stands for a character that never became whole. */
    String end() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] piece, boolean last) {
        ByteBuffer in = ByteBuffer.allocate(held.remaining() + piece.length)
                .put(held)
                .put(piece)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, last);
        if (last) {
            decoder.flush(out);
            decoder.reset();
        }
        held.clear().put(in).flip();
        return out.flip().toString();
    }
}
