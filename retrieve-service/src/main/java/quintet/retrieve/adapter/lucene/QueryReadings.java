package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * The words of a query as languages read them.
 *
 * <p>What several languages make of one word are forms of that word, and it is as rare as all of them together. By the numbers
 * of its own language alone, {@code information} would say much where only three passages of a large collection are German, and
 * {@code Kündigungsfrist} nothing, being in each of the three. So a form is weighed by the inverse document frequency (BM25's) of
 * the word over all languages in place of its own.
 *
 * <p>Each language leaves out its own stop words, and those of the language that the query clearly has most of: a question in
 * English does not ask German passages for {@code how} and {@code does}.
 */
final class QueryReadings {
    private static final List<String> FIELDS =
            List.of(PassageDocuments.TEXT, PassageDocuments.TITLE, PassageDocuments.SECTION);

    /** So many stop words of a language in a query make it clear. */
    private static final int CLEARLY = 2;

    private final IndexReader index;
    private final long passages;
    /** In how many passages a form is: a look into every segment, for each field. */
    private final Map<Form, Long> formFrequencies = new HashMap<>();
    /** In how many passages the forms of the word at a place are. */
    private final Map<Place, Long> frequencies = new HashMap<>();
    /** Where the query has stop words of the language that it has most of. */
    private final Set<Place> stopWords = new HashSet<>();

    /**
     * A form of a word.
     *
     * @param weight by what its score is multiplied: how often it is in the query, where there is one language
     * @param known false if no passage of the language is known to have it
     */
    record Word(String form, float weight, boolean known) {}

    /**
     * Where a word is in the query, the same in all languages.
     *
     * @param part the how manieth part of an identifier, whose parts all have its offsets
     * @param length more than 1 for an identifier as a whole
     */
    private record Place(int start, int end, int part, int length) {}

    private record Token(Place place, String form) {}

    private QueryReadings(String text, Set<Language> languages, IndexReader index) throws IOException {
        this.index = index;
        long sum = 0;
        int most = CLEARLY;
        for (Language language : languages) {
            sum += passages(language);
            Set<Place> leftOut = new HashSet<>();
            for (Token token : new LinkedHashSet<>(read(PassageAnalyzer.withStopWords(language), text))) {
                frequencies.merge(token.place(), frequency(token.form(), language), Long::sum);
                leftOut.add(token.place());
            }
            read(PassageAnalyzer.withoutStopWords(language), text).forEach(token -> leftOut.remove(token.place()));
            if (language != Language.CJK && leftOut.size() >= most) {
                if (leftOut.size() > most) {
                    stopWords.clear();
                }
                stopWords.addAll(leftOut);
                most = leftOut.size();
            }
        }
        passages = sum;
    }

    /** Returns the words of a query as each of the languages of an index reads them, those that it has. */
    static Map<Language, List<Word>> of(String text, Set<Language> languages, IndexReader index) throws IOException {
        Map<Language, List<Word>> readings = new EnumMap<>(Language.class);
        QueryReadings all = languages.size() == 1 ? null : new QueryReadings(text, languages, index);
        for (Language language : languages) {
            readings.put(language, all == null ? of(text, language) : all.weighed(text, language));
        }
        return readings;
    }

    /** Returns the words of a query as one language reads them. */
    static List<Word> of(String text, Language language) throws IOException {
        return counted(read(text, language));
    }

    /** Returns the words of a passage as its language reads them, stop words too. */
    static List<Word> ofPassage(String text, Language language) throws IOException {
        return counted(read(PassageAnalyzer.ofAllWords(language), text));
    }

    private static List<Word> counted(List<Token> tokens) {
        Map<String, Float> words = new LinkedHashMap<>();
        for (Token token : tokens) {
            words.merge(token.form(), 1f, Float::sum);
        }
        return words(words, Set.of());
    }

    private List<Word> weighed(String text, Language language) throws IOException {
        Map<String, Float> weights = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>();
        List<Token> all = read(text, language);
        boolean onlyStopWords = all.stream().allMatch(token -> stopWords.contains(token.place()));
        for (Token token : all) {
            long own = frequency(token.form(), language);
            if (onlyStopWords || !stopWords.contains(token.place())) {
                double word = idf(frequencies.getOrDefault(token.place(), own), passages);
                weights.merge(token.form(), (float) (word / idf(own, passages(language))), Float::sum);
                if (own == 0) {
                    unknown.add(token.form());
                }
            }
        }
        return words(weights, unknown);
    }

    private static List<Word> words(Map<String, Float> weights, Set<String> unknown) {
        List<Word> words = new ArrayList<>();
        weights.forEach((form, weight) -> words.add(new Word(form, weight, !unknown.contains(form))));
        return words;
    }

    /** Returns the number of passages of a language, as the query of one word counts them. */
    private long passages(Language language) throws IOException {
        long most = 0;
        for (String field : FIELDS) {
            most = Math.max(most, index.getDocCount(language.field(field)));
        }
        return most;
    }

    /** Returns in how many passages a form is, as the query of one word counts it: in the field that has it most. */
    private long frequency(String form, Language language) throws IOException {
        Form of = new Form(language, form);
        Long known = formFrequencies.get(of);
        if (known != null) {
            return known;
        }
        long most = 0;
        for (String field : FIELDS) {
            most = Math.max(most, index.docFreq(new Term(language.field(field), form)));
        }
        formFrequencies.put(of, most);
        return most;
    }

    private record Form(Language language, String form) {}

    private static double idf(long frequency, long passages) {
        double in = Math.min(frequency, passages);
        return Math.log1p((passages - in + 0.5) / (in + 0.5));
    }

    private static List<Token> read(String text, Language language) throws IOException {
        List<Token> words = read(PassageAnalyzer.withoutStopWords(language), text);
        return words.isEmpty() ? read(PassageAnalyzer.withStopWords(language), text) : words;
    }

    private static List<Token> read(Analyzer analyzer, String text) throws IOException {
        List<Token> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream(PassageDocuments.TEXT, text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offsets = tokens.addAttribute(OffsetAttribute.class);
            PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
            PositionLengthAttribute length = tokens.addAttribute(PositionLengthAttribute.class);
            tokens.reset();
            Place last = new Place(-1, -1, 0, 0);
            while (tokens.incrementToken()) {
                boolean same = offsets.startOffset() == last.start() && offsets.endOffset() == last.end();
                last = new Place(
                        offsets.startOffset(),
                        offsets.endOffset(),
                        same ? last.part() + step.getPositionIncrement() : 0,
                        length.getPositionLength());
                words.add(new Token(last, word.toString()));
            }
            tokens.end();
        }
        return words;
    }
}
