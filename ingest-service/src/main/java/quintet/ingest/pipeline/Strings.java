package quintet.ingest.pipeline;

import java.util.HashMap;
import java.util.Map;

/** Makes words of documents fit for a row and a line. */
final class Strings {
    private static final int MAX_VALUE_CHARACTERS = 1024;

    private Strings() {}

    /** Returns the visible characters of {@code text} with single spaces, at most so many. */
    static String oneLine(String text, int maxCharacters) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}]", " ")
                .replaceAll("\\s+", " ")
                .strip();
        if (line.length() <= maxCharacters) {
            return line;
        }
        int end = Character.isLowSurrogate(line.charAt(maxCharacters - 1)) ? maxCharacters - 2 : maxCharacters - 1;
        return line.substring(0, end) + "…";
    }

    /** Returns the values as one line each; blank ones are left out. */
    static Map<String, String> clean(Map<String, String> metadata) {
        Map<String, String> clean = new HashMap<>();
        metadata.forEach((key, value) -> {
            String line = oneLine(value, MAX_VALUE_CHARACTERS);
            if (!line.isEmpty()) {
                clean.put(key, line);
            }
        });
        return clean;
    }
}
