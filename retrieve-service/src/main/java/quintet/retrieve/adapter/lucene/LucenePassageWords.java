package quintet.retrieve.adapter.lucene;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.QueryWords;
import quintet.retrieve.port.PassageWords;

/** {@link PassageWords} by Lucene's analysis, with the weights of the index on disk. */
@ApplicationScoped
class LucenePassageWords implements PassageWords {
    private final WordQuery.Weights weights;

    LucenePassageWords(LuceneConfig config) {
        weights = new WordQuery.Weights(config.titleWeight(), config.sectionWeight());
    }

    @Override
    public Map<String, Float> ofPassage(DocumentInfo info, Passage passage) {
        Map<String, Float> words = new HashMap<>();
        add(words, passage.text(), 1);
        add(words, PassageDocuments.title(info), weights.title());
        add(words, PassageDocuments.section(passage), weights.section());
        return words;
    }

    private static void add(Map<String, Float> words, String text, float weight) {
        try {
            WordQuery.wordsOfPassage(text).forEach((word, count) -> words.merge(word, weight * count, Float::sum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public QueryWords ofQuery(LexicalQuery query) {
        Map<String, Float> words = new HashMap<>();
        boolean truncated = addQuery(words, query.text(), 1);
        query.also().stream()
                .limit(WordQuery.MAX_ALSO)
                .forEach(also -> addQuery(words, also.text(), (float) also.weight()));
        return new QueryWords(words, truncated || query.also().size() > WordQuery.MAX_ALSO);
    }

    /** Returns whether there were more words than count. */
    @CanIgnoreReturnValue
    private static boolean addQuery(Map<String, Float> words, String text, float weight) {
        try {
            Map<String, Integer> counts = WordQuery.wordsOfQuery(text);
            counts.entrySet().stream()
                    .limit(WordQuery.MAX_TERMS)
                    .forEach(word -> words.merge(word.getKey(), weight * word.getValue(), Float::sum));
            return counts.size() > WordQuery.MAX_TERMS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
