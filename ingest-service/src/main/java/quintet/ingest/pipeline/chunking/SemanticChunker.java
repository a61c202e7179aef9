package quintet.ingest.pipeline.chunking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CleanText;
import quintet.ingest.port.TextEmbedder;
import quintet.ingest.port.TokenCounter;

/**
 * Cuts where neighbouring sentences are least alike: where the cosine distance of their embeddings is above a percentile of
 * all such distances in the text (Kamradt's breakpoints). What is then too long is cut further by separators.
 */
final class SemanticChunker implements Chunker {
    /** Sentences of a request: short enough that questions are not kept waiting. */
    private static final int BATCH = 32;

    /** Tokens from which on a sentence says enough to be compared by itself. */
    private static final int ENOUGH = 12;

    private static final int MAX_SENTENCES = 3;

    private final TokenCounter tokenCounter;
    private final TextEmbedder embedder;
    private final SizeLimit limit;
    private final int percentile;

    SemanticChunker(TokenCounter tokenCounter, TextEmbedder embedder, ChunkingSettings settings) {
        this.tokenCounter = tokenCounter;
        this.embedder = embedder;
        limit = new SizeLimit(settings.maxTokens());
        percentile = settings.breakpointPercentile();
    }

    @Override
    public List<Chunk> chunk(CleanText clean) {
        List<Unit> units = Units.of(clean, tokenCounter, limit);
        List<Run> sentences = SentenceRuns.of(units, MAX_SENTENCES, ENOUGH, limit);
        ChunkList chunks = new ChunkList(clean, units);
        if (sentences.isEmpty()) {
            return chunks.chunks();
        }
        double[] distances = distances(clean, units, sentences);
        double most = percentile(distances);
        int from = 0;
        for (int i = 0; i < sentences.size(); i++) {
            if (i == distances.length || distances[i] > most) {
                Run segment = new Run(from, sentences.get(i).to());
                RecursiveSplit.split(units, segment, limit).forEach(chunks::add);
                from = segment.to();
            }
        }
        return chunks.chunks();
    }

    /** Returns the distance of each sentence to the next, batch after batch: the embeddings of a book are not kept. */
    private double[] distances(CleanText clean, List<Unit> units, List<Run> sentences) {
        double[] distances = new double[sentences.size() - 1];
        List<float[]> last = List.of();
        for (int begin = 0; distances.length > 0 && begin < sentences.size(); begin += BATCH) {
            List<Run> batch = sentences.subList(begin, Math.min(sentences.size(), begin + BATCH));
            List<float[]> vectors = new ArrayList<>(last);
            List<String> texts = batch.stream()
                    .map(run -> clean.text()
                            .substring(
                                    units.get(run.from()).start(),
                                    units.get(run.to() - 1).end()))
                    .toList();
            vectors.addAll(embedder.embed(texts).vectors());
            for (int i = 0; i + 1 < vectors.size(); i++) {
                distances[begin - last.size() + i] = 1 - dot(vectors.get(i), vectors.get(i + 1));
            }
            last = List.of(vectors.getLast());
        }
        return distances;
    }

    /** Returns the value that {@code percentile} percent of the distances do not exceed. */
    private double percentile(double[] distances) {
        if (distances.length == 0) {
            return 0;
        }
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length * percentile + 99) / 100 - 1];
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
