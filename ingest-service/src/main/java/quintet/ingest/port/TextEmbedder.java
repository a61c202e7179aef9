package quintet.ingest.port;

import java.util.List;
import quintet.failure.Failure;

/** Embeds texts as passages, so that they can be compared. Blocking. */
public interface TextEmbedder {
    /**
     * Returns a unit vector for each text, in their order. Fails with {@link Failure.Kind#UNAVAILABLE} or
     * {@link Failure.Kind#OVERLOADED} if the model does not answer in time, and with INVALID_INPUT and {@link #TOO_LONG} if a
     * text does not fit its window.
     *
     * @param texts at least one and at most 256, none blank
     */
    Embeddings embed(List<String> texts);

    /** Reason of a text that only the model's tokenizer knows to be too long. */
    String TOO_LONG = "TEXT_TOO_LONG";

    /**
     * Vectors that can be compared with each other.
     *
     * @param model name and revision of the model
     * @param vectors one for each text
     */
    record Embeddings(String model, List<float[]> vectors) {
        /** Copies the list. */
        public Embeddings {
            vectors = List.copyOf(vectors);
        }
    }
}
