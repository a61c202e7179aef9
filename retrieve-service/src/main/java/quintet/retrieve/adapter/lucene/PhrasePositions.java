package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import quintet.retrieve.model.Phrase;

/** Queries of words side by side in the text of a passage. The index has stems only, so inflections match too. */
final class PhrasePositions {
    /** A prefix of a phrase finds all that the phrase finds: more words would only make the query longer. */
    private static final int MAX_WORDS = 8;

    /** Of an identifier, passages may have more parts than a query, which is in lower case here. */
    private static final int SLOP = 8;

    /** Most identifiers that are kept whole. */
    private static final int MAX_IDENTIFIERS = 16;

    /** Parts with a digit among them, joined by what separates words elsewhere; bounded, so that no text takes long. */
    private static final Pattern IDENTIFIER = Pattern.compile("(?<![\\p{L}\\p{N}_])(?=\\S{0,64}\\p{N})"
            + "[\\p{L}\\p{N}_.]{0,63}[\\p{L}\\p{N}]"
            + "(?:[-/:#@+]{1,3}[\\p{L}\\p{N}][\\p{L}\\p{N}_.]{0,63}){1,16}");

    private PhrasePositions() {}

    /** Returns a query of all passages that contain the phrase, and of some that contain only its stems. */
    static Query near(Phrase phrase, Set<Language> languages) throws IOException {
        Set<Query> readings = readings(phrase.text().toLowerCase(Locale.ROOT), SLOP, languages);
        if (readings.isEmpty()) {
            return new MatchAllDocsQuery();
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        readings.forEach(reading -> any.add(reading, Occur.SHOULD));
        return any.build();
    }

    /**
     * Returns queries of the identifiers that words do not keep whole, such as {@code RFC-2119} or {@code 10.1038/nature}: of
     * their parts side by side.
     */
    static Set<Query> identifiers(String text, Set<Language> languages) throws IOException {
        Set<Query> queries = new LinkedHashSet<>();
        Matcher identifier = IDENTIFIER.matcher(text);
        for (int i = 0; i < MAX_IDENTIFIERS && identifier.find(); i++) {
            queries.addAll(readings(identifier.group(), 0, languages));
        }
        return queries;
    }

    private static Set<Query> readings(String text, int slop, Set<Language> languages) throws IOException {
        Set<Query> readings = new LinkedHashSet<>();
        for (Language language : languages) {
            List<List<Term>> positions = positions(text, language);
            if (!positions.isEmpty()) {
                MultiPhraseQuery.Builder reading = new MultiPhraseQuery.Builder().setSlop(slop);
                positions.stream().limit(MAX_WORDS).forEach(terms -> reading.add(terms.toArray(Term[]::new)));
                readings.add(reading.build());
            }
        }
        return readings;
    }

    private static List<List<Term>> positions(String text, Language language) throws IOException {
        List<List<Term>> positions = new ArrayList<>();
        String field = language.field(PassageDocuments.TEXT);
        try (TokenStream tokens = PassageAnalyzer.ofAllWords(language).tokenStream(field, text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (step.getPositionIncrement() > 0 || positions.isEmpty()) {
                    positions.add(new ArrayList<>());
                }
                positions.getLast().add(new Term(field, word.toString()));
            }
            tokens.end();
        }
        return positions;
    }
}
