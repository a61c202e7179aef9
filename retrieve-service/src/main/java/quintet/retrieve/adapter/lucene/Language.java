package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.index.IndexReader;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;

/** How the words of passages and queries are read. */
enum Language {
    ENGLISH("en"),
    GERMAN("de"),
    FRENCH("fr"),
    SPANISH("es"),
    ITALIAN("it"),
    PORTUGUESE("pt"),
    DUTCH("nl"),
    SWEDISH("sv"),
    /** Chinese, Japanese and Korean, in pairs of neighbouring characters. Words in Latin letters among them are mostly English. */
    CJK("cjk"),
    /** Any other: words as they are. */
    OTHER("other");

    private static final List<String> CJK_CODES = List.of("zh", "ja", "ko");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** Returns its ISO 639-1 code, or the name of the group that it stands for. */
    String code() {
        return code;
    }

    /** Returns the field of its words; English has those in which earlier releases kept the words of every language. */
    String field(String name) {
        return this == ENGLISH ? name : name + "_" + code;
    }

    /** Returns the languages that passages of an index are of; at least one. */
    static Set<Language> of(IndexReader index) throws IOException {
        EnumSet<Language> languages = EnumSet.noneOf(Language.class);
        for (Language language : values()) {
            if (index.getDocCount(language.field(PassageDocuments.TEXT)) > 0) {
                languages.add(language);
            }
        }
        return languages.isEmpty() ? EnumSet.of(ENGLISH) : languages;
    }

    /** Returns the language of a document by its ISO 639-1 code; English, as all were once taken for, if that is unknown. */
    static Language declared(String iso) {
        if (iso.isEmpty()) {
            return ENGLISH;
        }
        if (CJK_CODES.contains(iso)) {
            return CJK;
        }
        return Arrays.stream(values())
                .filter(language -> language.code.equals(iso))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Reduces words in lower case to their stems. Light stemmers, which take off plurals and cases and leave what makes another
     * word, are Savoy's (2006, <em>Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages</em>);
     * English has Porter's; Dutch and Swedish have Snowball's, since there is no light one for Dutch and that for Swedish leaves
     * the ending of {@code bilarna}.
     */
    TokenStream stems(TokenStream words) {
        return switch (this) {
            case ENGLISH, CJK -> new PorterStemFilter(words);
            case GERMAN -> new GermanLightStemFilter(new GermanNormalizationFilter(words));
            case FRENCH -> new FrenchLightStemFilter(words);
            case SPANISH -> new SpanishLightStemFilter(words);
            case ITALIAN -> new ItalianLightStemFilter(words);
            case PORTUGUESE -> new PortugueseLightStemFilter(words);
            case DUTCH -> new SnowballFilter(words, new DutchStemmer());
            case SWEDISH -> new SnowballFilter(words, new SwedishStemmer());
            case OTHER -> words;
        };
    }
}
