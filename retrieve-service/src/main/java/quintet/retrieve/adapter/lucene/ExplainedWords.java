package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import quintet.retrieve.model.AnalysedWord;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.WeightedText;

/**
 * Tells how an index reads the words of a query. Passages are counted among those that the caller may see: how rare a word is in
 * those of others is not told.
 */
final class ExplainedWords {
    private static final List<String> FIELDS =
            List.of(PassageDocuments.TEXT, PassageDocuments.TITLE, PassageDocuments.SECTION);
    private static final Query PASSAGES = new TermQuery(new Term(PassageDocuments.KIND, PassageDocuments.KIND_PASSAGE));

    private final IndexSearcher searcher;
    private final Query visible;
    private final Set<Language> languages;
    private final long passages;

    private record Word(String form, double weight) {}

    ExplainedWords(IndexSearcher searcher, Query visible, Set<Language> languages) throws IOException {
        this.searcher = searcher;
        this.visible = visible;
        this.languages = languages;
        passages = searcher.count(visible instanceof MatchAllDocsQuery ? PASSAGES : visible);
    }

    List<AnalysedWord> of(LexicalQuery query) throws IOException {
        Map<Word, Set<Language>> words = new LinkedHashMap<>();
        add(words, query.text(), 1);
        for (WeightedText also : query.also()) {
            add(words, also.text(), also.weight());
        }
        List<AnalysedWord> analysed = new ArrayList<>();
        for (Map.Entry<Word, Set<Language>> word : words.entrySet()) {
            if (analysed.size() < ListDetail.MAX_WORDS) {
                analysed.add(analysed(word.getKey(), word.getValue()));
            }
        }
        return analysed;
    }

    private void add(Map<Word, Set<Language>> words, String text, double weight) throws IOException {
        for (Map.Entry<Language, List<QueryReadings.Word>> reading :
                QueryReadings.of(text, languages, searcher.getIndexReader()).entrySet()) {
            for (QueryReadings.Word word : reading.getValue()) {
                // In several languages the weight is made of how rare the word is in all of them, which is not told.
                double times = languages.size() == 1 ? word.weight() : 1;
                words.computeIfAbsent(new Word(word.form(), weight * times), _ -> new TreeSet<>())
                        .add(reading.getKey());
            }
        }
    }

    private AnalysedWord analysed(Word word, Set<Language> readBy) throws IOException {
        Set<String> fields = new TreeSet<>();
        BooleanQuery.Builder anywhere = new BooleanQuery.Builder();
        for (String field : FIELDS) {
            for (Language language : readBy) {
                Query one = new TermQuery(new Term(language.field(field), word.form()));
                anywhere.add(one, Occur.SHOULD);
                if (searcher.count(confined(one)) > 0) {
                    fields.add(field);
                }
            }
        }
        long found = searcher.count(confined(anywhere.build()));
        double idf = Math.log1p((passages - found + 0.5) / (found + 0.5));
        return new AnalysedWord(
                word.form(),
                readBy.stream().map(Language::code).toList(),
                List.copyOf(fields),
                found,
                idf * word.weight());
    }

    private Query confined(Query query) {
        return visible instanceof MatchAllDocsQuery
                ? query
                : new BooleanQuery.Builder()
                        .add(query, Occur.MUST)
                        .add(visible, Occur.FILTER)
                        .build();
    }
}
