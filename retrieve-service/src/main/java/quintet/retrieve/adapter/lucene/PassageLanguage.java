package quintet.retrieve.adapter.lucene;

import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds out the language of a passage: its document's, unless its own script or its stop words clearly say another one. So a
 * German page of an English manual is read as German, and source code that was taken for Norwegian as English.
 *
 * <p>A mistake costs little: a query is read anew in the language of each passage, so words as they are always match.
 */
final class PassageLanguage {
    /** More than this adds time, not certainty. */
    private static final int MAX_CHARACTERS = 4_000;

    /** Fewer different stop words than this say nothing: {@code com} is one in Portuguese, and in most of Java's packages. */
    private static final int MIN_STOP_WORDS = 4;

    /** Close languages share stop words: another one than the document's needs this many times as many. */
    private static final int TIMES_AS_MANY = 2;

    /** Of the words of running text 30 to 50 % are stop words, of lists and of other languages' texts fewer. */
    private static final double SHARE = 0.2;

    private static final Set<UnicodeScript> CJK_SCRIPTS =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    /** A character of these says about as much as so many letters. */
    private static final int LETTERS_A_CHARACTER = 3;

    private PassageLanguage() {}

    /**
     * Returns the language of a passage.
     *
     * @param iso ISO 639-1 code of the document's language; empty if unknown
     */
    static Language of(String iso, String text) {
        char[] characters =
                text.substring(0, Math.min(text.length(), MAX_CHARACTERS)).toCharArray();
        if (isCjk(characters)) {
            return Language.CJK;
        }
        Map<String, Integer> stopWords = new HashMap<>();
        double words = countWords(characters, stopWords);
        Map<Language, Integer> different = new EnumMap<>(Language.class);
        Map<Language, Integer> all = new EnumMap<>(Language.class);
        stopWords.forEach((word, count) -> {
            for (Language language : StopWords.languagesOf(word)) {
                different.merge(language, 1, Integer::sum);
                all.merge(language, count, Integer::sum);
            }
        });
        Language declared = supported(Language.declared(iso), different);
        int least = Math.max(MIN_STOP_WORDS, TIMES_AS_MANY * different.getOrDefault(declared, 0));
        Predicate<Language> isClear = language ->
                different.getOrDefault(language, 0) >= least && all.getOrDefault(language, 0) >= SHARE * words;
        if (declared == Language.OTHER) {
            return isClear.test(Language.ENGLISH) ? Language.ENGLISH : declared;
        }
        return all.keySet().stream()
                .filter(isClear)
                .max(Comparator.comparingInt(all::get))
                .orElse(declared);
    }

    /** Returns the document's language, or English where the passage has more of its stop words, as code and tables may. */
    private static Language supported(Language declared, Map<Language, Integer> stopWords) {
        int english = stopWords.getOrDefault(Language.ENGLISH, 0);
        return switch (declared) {
            case CJK -> Language.ENGLISH;
            case OTHER -> declared;
            default -> stopWords.getOrDefault(declared, 0) < english ? Language.ENGLISH : declared;
        };
    }

    private static boolean isCjk(char[] characters) {
        int letters = 0;
        int cjk = 0;
        for (char c : characters) {
            if (Character.isLetter(c)) {
                letters++;
                // No script of these begins below: most letters need no look at the tables.
                if (c >= '\u1100' && CJK_SCRIPTS.contains(UnicodeScript.of(c))) {
                    cjk++;
                }
            }
        }
        return cjk > 0 && cjk * LETTERS_A_CHARACTER >= letters - cjk;
    }

    /** Counts each stop word of any language and returns the number of all words; single letters are variables in code. */
    private static int countWords(char[] characters, Map<String, Integer> stopWords) {
        int words = 0;
        for (int start = 0; start < characters.length; start++) {
            if (!Character.isLetter(characters[start])) {
                continue;
            }
            int end = start + 1;
            while (end < characters.length && Character.isLetter(characters[end])) {
                end++;
            }
            words++;
            if (end - start > 1 && StopWords.isAny(characters, start, end - start)) {
                stopWords.merge(new String(characters, start, end - start).toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
            start = end;
        }
        return words;
    }
}
