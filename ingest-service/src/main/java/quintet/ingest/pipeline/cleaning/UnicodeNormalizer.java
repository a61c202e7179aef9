package quintet.ingest.pipeline.cleaning;

import java.text.Normalizer;

/**
 * Gives every character one form: NFC, ligatures of print as letters, every kind of space as a space, nothing that is
 * invisible. Line breaks and soft hyphens stay for {@link LineJoiner}.
 */
final class UnicodeNormalizer {
    static final char SOFT_HYPHEN = '\u00AD';

    private UnicodeNormalizer() {}

    static String normalize(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            i += Character.charCount(c);
            append(clean, c, i < raw.length() ? raw.charAt(i) : 0);
        }
        return Normalizer.normalize(clean, Normalizer.Form.NFC);
    }

    private static void append(StringBuilder clean, int c, int next) {
        switch (c) {
            case '\n', SOFT_HYPHEN -> clean.appendCodePoint(c);
            case '\r' -> clean.append(next == '\n' ? "" : "\n");
            case 0x0B, 0x0C, 0x85, 0x2028, 0x2029 -> clean.append('\n');
            case '\t' -> clean.append(' ');
            // Hyphens that may or must not break a line; a hyphen to search and models.
            case 0x2010, 0x2011 -> clean.append('-');
            // Bullets of symbol fonts, in the private use area.
            case 0xF0B7, 0xF0A7, 0xF076, 0xF0D8 -> clean.append('•');
            default -> {
                if (c >= 0xFB00 && c <= 0xFB06) {
                    clean.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
                } else if (Character.isSpaceChar(c)) {
                    clean.append(' ');
                } else if (!invisible(c)) {
                    clean.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean invisible(int c) {
        return switch (Character.getType(c)) {
            // Joiners shape words of some scripts and emoji; the other format characters show nothing.
            case Character.FORMAT -> c != 0x200C && c != 0x200D;
            case Character.CONTROL, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> c == 0xFFFD || c == 0xFFFC;
        };
    }
}
