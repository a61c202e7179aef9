package quintet.retrieve.adapter.lucene;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;

/** Words of each language that carry no meaning: Lucene's lists, and what questions are made of ("how do I"). */
final class StopWords {
    private static final Map<Language, CharArraySet> LISTS = new EnumMap<>(Map.of(
            Language.ENGLISH,
            of(
                    EnglishAnalyzer.ENGLISH_STOP_WORDS_SET,
                    "what which who whom whose when where why how do does did can could should would may might i you we he"
                            + " she my your our its has have had been being am were from about me us them than so any some"
                            + " there also"),
            Language.GERMAN,
            of(
                    GermanAnalyzer.getDefaultStopSet(),
                    "wer wann warum wieso weshalb wo woher wohin wofür wie viel viele gibt kann muss darf soll"),
            Language.FRENCH,
            of(
                    FrenchAnalyzer.getDefaultStopSet(),
                    "quoi comment pourquoi combien quand où quel quelle quels quelles puis peut faut"),
            Language.SPANISH,
            of(
                    SpanishAnalyzer.getDefaultStopSet(),
                    "cómo cuándo cuánto cuánta cuántos cuántas dónde cuál cuáles quién qué puedo puede debe"),
            Language.ITALIAN,
            of(
                    ItalianAnalyzer.getDefaultStopSet(),
                    "come quando quanto quanta quanti quante dove perché quale quali chi cosa cos posso può deve"),
            Language.PORTUGUESE,
            of(
                    PortugueseAnalyzer.getDefaultStopSet(),
                    "como quando quanto quanta quantos quantas onde porque qual quais quem posso pode deve"),
            Language.DUTCH,
            of(DutchAnalyzer.getDefaultStopSet(), "hoe wanneer waarom waar wie wat welke welk hoeveel kan moet mag"),
            Language.SWEDISH,
            of(
                    SwedishAnalyzer.getDefaultStopSet(),
                    "hur när varför var vem vad vilken vilket vilka kan ska måste får finns")));

    /** The languages of each stop word: one look at a word instead of one for each language. */
    private static final CharArrayMap<Set<Language>> LANGUAGES = languages();

    private StopWords() {}

    private static CharArrayMap<Set<Language>> languages() {
        CharArrayMap<Set<Language>> languages = new CharArrayMap<>(2_048, true);
        LISTS.forEach((language, list) -> {
            for (Object word : list) {
                languages
                        .computeIfAbsent((char[]) word, _ -> EnumSet.noneOf(Language.class))
                        .add(language);
            }
        });
        return languages;
    }

    private static CharArraySet of(CharArraySet list, String questionWords) {
        CharArraySet words = new CharArraySet(list, true);
        words.addAll(Arrays.asList(questionWords.split(" ")));
        return CharArraySet.unmodifiableSet(words);
    }

    /** Returns the stop words of a language, none for one without words of its own. */
    static CharArraySet of(Language language) {
        return switch (language) {
            case CJK -> of(Language.ENGLISH);
            case OTHER -> CharArraySet.EMPTY_SET;
            default -> LISTS.getOrDefault(language, CharArraySet.EMPTY_SET);
        };
    }

    /** Returns the languages that a word is a stop word of. */
    static Set<Language> languagesOf(String word) {
        Set<Language> languages = LANGUAGES.get(word);
        return languages == null ? Set.of() : languages;
    }

    /** Returns whether a word, in upper or lower case, is a stop word of any language. */
    static boolean isAny(char[] text, int start, int length) {
        return LANGUAGES.containsKey(text, start, length);
    }

    /** Returns whether a word is a stop word of one of some languages. */
    static boolean isOf(Set<Language> languages, String word) {
        return languages.stream().anyMatch(language -> of(language).contains(word));
    }
}
