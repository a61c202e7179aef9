package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.adapter.lucene.QueryReadings.Word;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.WeightedText;

/**
 * Turns the text of a query into a BM25F query (Robertson and Zaragoza 2009): a word counts once over text, title and
 * headings, so that a passage is not rewarded for repeating its own heading.
 *
 * <p>An identifier of several words ({@code RFC-2119}) counts by its parts, and once more where they stand side by side.
 *
 * <p>The language of a query is never guessed, which a few words do not allow: each passage is compared with the query as the
 * passage's own language reads it ({@link QueryReadings}).
 *
 * @param query any of the words
 * @param truncated whether words were left out because there were more than {@value #MAX_TERMS}
 */
record WordQuery(Query query, boolean truncated) {
    /** Most distinct words that count, as all languages read them; each is looked up in three fields. */
    static final int MAX_TERMS = 256;

    /** Most texts beside a query that count. */
    static final int MAX_ALSO = 64;

    /** Weights of title and headings against 1 for the text. */
    record Weights(float title, float section) {}

    /**
     * Returns the query of a text and, each word by its weight, of the words beside it; all together are bounded.
     *
     * @param languages those that the passages of the index are of, at least one
     */
    static WordQuery of(LexicalQuery lexical, Weights weights, Set<Language> languages, IndexReader index)
            throws IOException {
        WordQuery words = of(lexical.text(), weights, languages, index);
        if (lexical.also().isEmpty()) {
            return words;
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(words.query(), Occur.SHOULD);
        int room = MAX_ALSO;
        for (WeightedText also : lexical.also()) {
            if (room-- > 0) {
                Query more = of(also.text(), weights, languages, index).query();
                query.add(new BoostQuery(more, (float) also.weight()), Occur.SHOULD);
            }
        }
        return new WordQuery(query.build(), words.truncated() || room < 0);
    }

    /** Returns the query of an index whose passages are all English. */
    static WordQuery of(String text, Weights weights) throws IOException {
        return of(Map.of(Language.ENGLISH, QueryReadings.of(text, Language.ENGLISH)), text, weights, null);
    }

    /**
     * Returns the query of an index.
     *
     * @param languages those that its passages are of, at least one
     */
    static WordQuery of(String text, Weights weights, Set<Language> languages, IndexReader index) throws IOException {
        return of(QueryReadings.of(text, languages, index), text, weights, index);
    }

    private static WordQuery of(
            Map<Language, List<Word>> readings, String text, Weights weights, @Nullable IndexReader index)
            throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        int longest = readings.values().stream().mapToInt(List::size).max().orElse(0);
        int count = 0;
        // Languages take turns, so that none is cut short alone.
        for (int i = 0; i < longest; i++) {
            for (Map.Entry<Language, List<Word>> reading : readings.entrySet()) {
                if (i < reading.getValue().size() && count++ < MAX_TERMS) {
                    Word word = reading.getValue().get(i);
                    query.add(
                            index == null || word.known()
                                    ? anywhere(word, reading.getKey(), weights)
                                    : nowhere(word, reading.getKey(), index),
                            Occur.SHOULD);
                }
            }
        }
        PhrasePositions.identifiers(text, readings.keySet()).forEach(identifier -> query.add(identifier, Occur.SHOULD));
        return new WordQuery(query.build(), count > MAX_TERMS);
    }

    private static Query anywhere(Word word, Language language, Weights weights) {
        CombinedFieldQuery anywhere = new CombinedFieldQuery.Builder(word.form())
                .addField(language.field(PassageDocuments.TEXT))
                .addField(language.field(PassageDocuments.TITLE), weights.title())
                .addField(language.field(PassageDocuments.SECTION), weights.section())
                .build();
        return boosted(anywhere, word);
    }

    /** Counts as a rare word of the query, and spares the look into every segment for it. */
    private static Query nowhere(Word word, Language language, IndexReader index) {
        Term term = new Term(language.field(PassageDocuments.TEXT), word.form());
        return boosted(new TermQuery(term, new TermStates(index.getContext())), word);
    }

    private static Query boosted(Query query, Word word) {
        return word.weight() == 1 ? query : new BoostQuery(query, word.weight());
    }
}
