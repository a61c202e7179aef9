package quintet.ingest.adapter.optimaize;

import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.i18n.LdLocale;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import quintet.ingest.port.LanguageDetector;

/**
 * {@link LanguageDetector} by the script of the text, and by n-gram profiles where several languages share it. Profiles of
 * few languages: their memory grows with the square of their number.
 */
@ApplicationScoped
@Startup
class OptimaizeLanguageDetector implements LanguageDetector {
    private static final List<String> PROFILES = List.of(
            "cs", "da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk");

    /** Scripts that say which language it is, or nearly so. */
    private static final Map<Character.UnicodeScript, String> SCRIPTS = Map.of(
            Character.UnicodeScript.ARABIC, "ar",
            Character.UnicodeScript.DEVANAGARI, "hi",
            Character.UnicodeScript.GREEK, "el",
            Character.UnicodeScript.HAN, "zh",
            Character.UnicodeScript.HANGUL, "ko",
            Character.UnicodeScript.HEBREW, "he",
            Character.UnicodeScript.HIRAGANA, "ja",
            Character.UnicodeScript.KATAKANA, "ja",
            Character.UnicodeScript.THAI, "th");

    /** More than this adds time, not certainty. */
    private static final int MAX_CHARACTERS = 4_000;

    /** Fewer can be any language. */
    private static final int MIN_CHARACTERS = 20;

    /** Read beside the start of the service: the first document comes later. */
    private final CompletableFuture<com.optimaize.langdetect.LanguageDetector> detector =
            CompletableFuture.supplyAsync(OptimaizeLanguageDetector::load);

    private static com.optimaize.langdetect.LanguageDetector load() {
        try {
            return LanguageDetectorBuilder.create(NgramExtractors.standard())
                    .seed(0)
                    .withProfiles(new LanguageProfileReader().read(PROFILES))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String detect(String text) {
        String sample = text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
        if (sample.strip().length() < MIN_CHARACTERS) {
            return "";
        }
        String byScript = byScript(sample);
        return byScript.isEmpty()
                ? detector.join()
                        .detect(sample)
                        .transform(LdLocale::getLanguage)
                        .or("")
                : byScript;
    }

    /** Returns the language that more than half of the letters are of; kana make Han characters Japanese. */
    private static String byScript(String sample) {
        Map<String, Integer> letters = new HashMap<>();
        int all = 0;
        for (int c : sample.codePoints().filter(Character::isLetter).toArray()) {
            all++;
            String language = SCRIPTS.get(Character.UnicodeScript.of(c));
            if (language != null) {
                letters.merge(language, 1, Integer::sum);
            }
        }
        int japanese = letters.getOrDefault("ja", 0);
        if (japanese * 10 > all) {
            letters.merge("ja", letters.getOrDefault("zh", 0), Integer::sum);
        }
        int half = all / 2;
        return letters.entrySet().stream()
                .filter(count -> count.getValue() > half)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
