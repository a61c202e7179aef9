package quintet.rerank.pipeline.compression;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.pipeline.LexicalScores;
import quintet.rerank.pipeline.Words;

/**
 * How much a sentence matters to the query: the mean of its relevance, as the cross-encoder reads it alone, of the share of the query's
 * words that it holds, each weighted by its rarity among the sentences, and of the reciprocal rank of its passage. The words keep
 * what the reader does not understand, the reader what says it in other words, and the rank what only makes sense as part of the
 * right passage.
 */
final class SentenceScores {
    private final double[] overlap;
    private final double[] reciprocalRank;

    SentenceScores(String query, List<Piece> pieces) {
        Set<String> wanted = new HashSet<>(Words.of(query));
        List<List<String>> words =
                pieces.stream().map(piece -> Words.of(piece.text())).toList();
        Map<String, Double> rarity = LexicalScores.rarity(wanted, words);
        double all = rarity.values().stream().mapToDouble(Double::doubleValue).sum();
        overlap = words.stream()
                .mapToDouble(text -> all == 0 ? 0 : weight(rarity, text) / all)
                .toArray();
        reciprocalRank = pieces.stream()
                .mapToDouble(piece -> 1.0 / (1 + piece.passage()))
                .toArray();
    }

    private static double weight(Map<String, Double> rarity, List<String> text) {
        Set<String> found = new HashSet<>(text);
        return rarity.entrySet().stream()
                .filter(word -> found.contains(word.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Returns the share of the query's words that piece {@code index} holds, 0 to 1. */
    double overlap(int index) {
        return overlap[index];
    }

    /** Returns the score of piece {@code index}, 0 to 1; its words stand in where the reader had no time. */
    double of(int index, Optional<ScoredPair> pair) {
        double relevance = pair.map(ScoredPair::relevance).orElse(overlap[index]);
        return (relevance + overlap[index] + reciprocalRank[index]) / 3;
    }
}
