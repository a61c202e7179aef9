package quintet.generate.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import quintet.generate.model.Passage;

/** Orders passages by a second, closer look. */
public interface PassageReranker {
    /**
     * Orders passages by how well they answer a question.
     *
     * @param passages in first-stage order, at least 1
     * @param budget time that it may take
     * @return all of them, best first, with relevance, final score and answer span; fails with {@code RERANK_UNAVAILABLE} if
     *     there is no answer in time
     */
    Uni<List<Passage>> rerank(String query, List<Passage> passages, Duration budget);

    /**
     * Reads texts for what they say about a sentence.
     *
     * @param texts at least 1, not blank
     * @param budget time that it may take
     * @return the calibrated relevance of each text, 0 to 1, in their order; 0 where one was not read in time; fails with
     *     {@code RERANK_UNAVAILABLE} if there is no answer in time
     */
    Uni<List<Float>> relevances(String sentence, List<String> texts, Duration budget);
}
