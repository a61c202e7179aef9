package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.UniversalEncodingDetector;
import quintet.failure.Failure;

/** Decodes text files: by byte order mark, as UTF-8 if they are that, as declared, else as it looks. */
final class TextDecoder {
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

    private TextDecoder() {}

    /**
     * Returns the characters of a file.
     *
     * @param mimeType type as declared, perhaps with a charset; a file that says it is UTF-8 and is not fails
     * @param maxBytes more bytes than this fail before they are read
     */
    static String decode(Path file, String mimeType, long maxBytes) throws IOException {
        if (Files.size(file) > maxBytes) {
            throw Failure.invalidInput(
                    "TEXT_TOO_LONG", "the file has %d bytes of text, the limit is %d", Files.size(file), maxBytes);
        }
        byte[] bytes = Files.readAllBytes(file);
        Optional<Charset> mark = byteOrderMark(bytes);
        if (mark.isPresent()) {
            String text = new String(bytes, mark.get());
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            Optional<Charset> declared = declared(mimeType);
            if (declared.filter(StandardCharsets.UTF_8::equals).isPresent()) {
                throw Failure.invalidInput("INVALID_UTF8", "the file is declared as UTF-8 but is not valid UTF-8");
            }
            return new String(bytes, declared.isPresent() ? declared.get() : guess(file, bytes));
        }
    }

    private static Optional<Charset> byteOrderMark(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return Optional.empty();
    }

    private static Optional<Charset> declared(String mimeType) {
        Matcher charset = CHARSET.matcher(mimeType);
        try {
            return charset.find() ? Optional.of(Charset.forName(charset.group(1))) : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static Charset guess(Path file, byte[] bytes) throws IOException {
        try (InputStream stream = TikaInputStream.get(file)) {
            Charset charset = new UniversalEncodingDetector().detect(stream, new Metadata());
            if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
                return charset;
            }
        }
        CharsetDetector detector = new CharsetDetector();
        detector.setText(bytes);
        try {
            return Charset.forName(detector.detect().getName());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
