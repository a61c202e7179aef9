package quintet.retrieve.adapter.lucene;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import quintet.retrieve.model.DocumentInfo;
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
    public QueryWords ofQuery(String query) {
        try {
            Map<String, Integer> all = WordQuery.wordsOfQuery(query);
            Map<String, Integer> kept = new LinkedHashMap<>();
            all.entrySet().stream()
                    .limit(WordQuery.MAX_TERMS)
                    .forEach(word -> kept.put(word.getKey(), word.getValue()));
            return new QueryWords(kept, kept.size() < all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
