package quintet.embed.model;

import java.time.Duration;
import java.util.List;

/**
 * Vectors and what they cost.
 *
 * @param embeddings in the order of the texts
 * @param model that made them
 * @param queueTime longest time that a text waited for a worker
 * @param computeTime time in the model, summed over the texts
 */
public record EmbedResult(List<Embedding> embeddings, ModelRef model, Duration queueTime, Duration computeTime) {
    /** Copies the embeddings. */
    public EmbedResult {
        embeddings = List.copyOf(embeddings);
    }

    /** Returns the result with vectors of the first {@code dimensions} values, brought to unit length. */
    public EmbedResult cutTo(int dimensions) {
        return new EmbedResult(
                embeddings.stream()
                        .map(embedding -> embedding.cutTo(dimensions))
                        .toList(),
                new ModelRef(model.name(), model.revision(), dimensions),
                queueTime,
                computeTime);
    }

    /** Returns the tokens of all texts. */
    public int tokenCount() {
        return embeddings.stream().mapToInt(Embedding::tokenCount).sum();
    }
}
