package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.Query;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.WeightedText;

/**
 * Turns the text of a query into a BM25F query (Robertson and Zaragoza 2009): a word counts once over text, title and
 * headings, so that a passage is not rewarded for repeating its own heading.
 *
 * @param query any of the words
 * @param truncated whether words were left out because there were more than {@value #MAX_TERMS}
 */
record WordQuery(Query query, boolean truncated) {
    /** Most distinct words that count; each is looked up in three fields and Lucene takes 1,024 clauses. */
    static final int MAX_TERMS = 256;

    /** Most texts beside a query that count. */
    static final int MAX_ALSO = 64;

    private static final Analyzer WITHOUT_STOP_WORDS = PassageAnalyzer.withoutStopWords();
    private static final Analyzer ALL_WORDS = PassageAnalyzer.ofAllWords();

    /** Weights of title and headings against 1 for the text. */
    record Weights(float title, float section) {}

    /** Returns the query of a text and, each word by its weight, of the words beside it; all together are bounded. */
    static WordQuery of(LexicalQuery lexical, Weights weights) throws IOException {
        WordQuery words = of(lexical.text(), weights);
        if (lexical.also().isEmpty()) {
            return words;
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(words.query(), Occur.SHOULD);
        int room = MAX_ALSO;
        for (WeightedText also : lexical.also()) {
            if (room-- > 0) {
                query.add(new BoostQuery(of(also.text(), weights).query(), (float) also.weight()), Occur.SHOULD);
            }
        }
        return new WordQuery(query.build(), words.truncated() || room < 0);
    }

    static WordQuery of(String text, Weights weights) throws IOException {
        Map<String, Integer> words = count(WITHOUT_STOP_WORDS, text);
        if (words.isEmpty()) {
            words = count(ALL_WORDS, text);
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        words.entrySet().stream().limit(MAX_TERMS).forEach(word -> {
            CombinedFieldQuery anywhere = new CombinedFieldQuery.Builder(word.getKey())
                    .addField(PassageDocuments.TEXT)
                    .addField(PassageDocuments.TITLE, weights.title())
                    .addField(PassageDocuments.SECTION, weights.section())
                    .build();
            query.add(word.getValue() == 1 ? anywhere : new BoostQuery(anywhere, word.getValue()), Occur.SHOULD);
        });
        return new WordQuery(query.build(), words.size() > MAX_TERMS);
    }

    private static Map<String, Integer> count(Analyzer analyzer, String text) throws IOException {
        Map<String, Integer> words = new LinkedHashMap<>();
        try (TokenStream tokens = analyzer.tokenStream(PassageDocuments.TEXT, text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.merge(word.toString(), 1, Integer::sum);
            }
            tokens.end();
        }
        return words;
    }
}
