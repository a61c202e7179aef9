package quintet.ingest.pipeline.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A text without what makes no difference to a reader or to an uncased model. Two documents are exact duplicates if their
 * normal texts are equal.
 *
 * <ol>
 *   <li>Unicode NFKC: ligatures, full-width forms, composed letters, ellipses.
 *   <li>Lower case, of no locale.
 *   <li>Quotes and apostrophes of every shape become {@code "} and {@code '}, dashes and the minus sign become {@code -}.
 *   <li>Format characters (soft hyphens, joiners, marks of direction) vanish.
 *   <li>A run of white space is one space; none at the ends.
 * </ol>
 *
 * All other punctuation stays: {@code 1.5} is not {@code 15}, and {@code -5} is not {@code 5}.
 */
final class NormalText {
    private NormalText() {}

    static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder normal = new StringBuilder(folded.length());
        boolean space = false;
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = !normal.isEmpty();
            } else if (Character.getType(c) != Character.FORMAT) {
                if (space) {
                    normal.append(' ');
                    space = false;
                }
                normal.appendCodePoint(shape(c));
            }
        }
        return normal.toString();
    }

    /** Returns the SHA-256 of a normal text, as 64 lower-case hexadecimal digits. */
    static String sha256(String normal) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(normal.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static int shape(int c) {
        return switch (c) {
            case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02BC, '`', 0xB4 -> '\'';
            case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0xAB, 0xBB -> '"';
            case 0x2212 -> '-';
            default -> Character.getType(c) == Character.DASH_PUNCTUATION ? '-' : c;
        };
    }
}
