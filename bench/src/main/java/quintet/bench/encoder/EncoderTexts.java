package quintet.bench.encoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import quintet.bench.data.RetrievalSet;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.tokenizer.Tokenizer;

/**
 * Texts of natural lengths, as many from each retrieval set.
 *
 * @param passages cut to the model's window, so that nobody reads more than others
 * @param queries without an instruction, for the same reason
 * @param pairs queries with passages, half of them right
 */
record EncoderTexts(List<String> passages, List<String> queries, List<Pair> pairs) {
    private static final int WINDOW = 510;

    /** A query and a passage. */
    record Pair(String query, String passage) {}

    static EncoderTexts draw(List<RetrievalSet> sets, int perSet, long seed, Tokenizer tokenizer) {
        List<String> passages = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        Random random = new Random(seed);
        for (RetrievalSet set : sets) {
            List<RetrievalSet.Text> documents = new ArrayList<>(set.documents());
            Collections.shuffle(documents, random);
            documents.stream().limit(perSet).forEach(document -> passages.add(cut(document.text(), tokenizer)));
            RetrievalSet sample = set.sample(2 * perSet, seed);
            sample.queries().forEach(query -> queries.add(cut(query.text(), tokenizer)));
            pairs.addAll(pairs(sample, documents, perSet));
        }
        Collections.shuffle(passages, random);
        Collections.shuffle(queries, random);
        return new EncoderTexts(List.copyOf(passages), List.copyOf(queries), List.copyOf(pairs));
    }

    private static List<Pair> pairs(RetrievalSet set, List<RetrievalSet.Text> others, int count) {
        Map<String, String> byId = new java.util.HashMap<>();
        set.documents().forEach(document -> byId.put(document.id(), document.text()));
        List<Pair> pairs = new ArrayList<>();
        for (RetrievalSet.Query query : set.queries()) {
            String right = query.grades().keySet().stream()
                    .sorted()
                    .map(id -> byId.getOrDefault(id, ""))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
            if (pairs.size() + 2 <= count && !right.isEmpty()) {
                pairs.add(new Pair(query.text(), right));
                pairs.add(new Pair(
                        query.text(), others.get(pairs.size() % others.size()).text()));
            }
        }
        return pairs;
    }

    private static String cut(String text, Tokenizer tokenizer) {
        TokenizedText tokens = tokenizer.tokenize(text);
        return tokens.size() <= WINDOW ? text : text.substring(0, tokens.end(WINDOW - 1));
    }
}
