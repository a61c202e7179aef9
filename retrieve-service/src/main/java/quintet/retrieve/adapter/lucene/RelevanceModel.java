package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.PlainWord;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.WeightedText;

/**
 * RM3: the query's words mixed with a relevance model of the passages that they find (Lavrenko and Croft 2001, <em>Relevance-Based
 * Language Models</em>; Abdul-Jaleel et al. 2004). The model is {@code p(w) = sum over passages of p(w | passage) * p(passage)},
 * a passage being as probable as its share of the BM25 scores; its heaviest words are kept and scaled to one. As Anserini does, words
 * of more than a tenth of all passages are left out, and stop words.
 *
 * @param words how many are kept
 * @param share of all weight that they get together
 */
record RelevanceModel(int words, double share) {
    private static final double MOST_PASSAGES = 0.1;
    private static final int FEW_PASSAGES = 50;
    private static final int MIN_LENGTH = 2;
    private static final int MAX_LENGTH = 40;

    List<WeightedText> of(String query, List<Candidate> found, List<StoredPassage> passages, IndexSearcher searcher)
            throws IOException {
        double scores = found.stream().mapToDouble(Candidate::score).sum();
        if (!(scores > 0)) {
            return List.of();
        }
        Map<String, Double> model = new HashMap<>();
        for (int i = 0; i < passages.size(); i++) {
            add(model, passages.get(i).passage().text(), found.get(i).score() / scores);
        }
        List<Map.Entry<String, Double>> kept = heaviest(model, searcher);
        double sum = kept.stream().mapToDouble(Map.Entry::getValue).sum();
        double queryWeight = PlainWord.of(query).stream()
                .filter(word -> !StopWords.of(Language.ENGLISH).contains(word.lower()))
                .count();
        double all = Math.max(1, queryWeight) * share / (1 - share);
        return kept.stream()
                .map(word -> new WeightedText(word.getKey(), all * word.getValue() / sum))
                .toList();
    }

    private static void add(Map<String, Double> model, String text, double probability) {
        List<String> kept = PlainWord.of(text).stream()
                .map(PlainWord::lower)
                .filter(word -> word.length() >= MIN_LENGTH && word.length() <= MAX_LENGTH)
                .filter(word -> !StopWords.of(Language.ENGLISH).contains(word))
                .toList();
        kept.forEach(word -> model.merge(word, probability / kept.size(), Double::sum));
    }

    private List<Map.Entry<String, Double>> heaviest(Map<String, Double> model, IndexSearcher searcher)
            throws IOException {
        int passages = searcher.getIndexReader().numDocs();
        List<Map.Entry<String, Double>> kept = new ArrayList<>();
        List<Map.Entry<String, Double>> byWeight = model.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        for (Map.Entry<String, Double> word : byWeight) {
            int frequency = searcher.getIndexReader().docFreq(new Term(RecognitionTerms.VOCABULARY, word.getKey()));
            if (kept.size() < words && (passages < FEW_PASSAGES || frequency <= MOST_PASSAGES * passages)) {
                kept.add(word);
            }
        }
        return kept;
    }
}
