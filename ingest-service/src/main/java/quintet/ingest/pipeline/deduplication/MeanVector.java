package quintet.ingest.pipeline.deduplication;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import quintet.failure.Failure;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.port.TextEmbedder;
import quintet.ingest.port.TextEmbedder.Embeddings;
import quintet.ingest.port.VersionProgress.Prepared;

/**
 * The vector of a document: the normalised mean of the embeddings of its chunks, of {@code vectorChunks} at even distances if
 * it has more. Not of the first ones: documents often begin with the same pages. Not of all: embedding is what is to be saved.
 */
@ApplicationScoped
class MeanVector {
    private static final int MIN_LENGTH = 32;

    private final TextEmbedder embedder;
    private final int vectorChunks;

    MeanVector(TextEmbedder embedder, DeduplicationConfig config) {
        this.embedder = embedder;
        vectorChunks = config.vectorChunks();
    }

    DocumentVector of(Prepared prepared) {
        List<Chunk> chunks = prepared.chunks();
        int count = Math.min(chunks.size(), vectorChunks);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(chunks.get((int) ((long) i * chunks.size() / count)).textIn(prepared.text()));
        }
        return mean(embedded(texts));
    }

    /** Cuts texts in half for as long as one does not fit the model's window: the beginning tells what they are about. */
    private Embeddings embedded(List<String> texts) {
        int length = texts.stream().mapToInt(String::length).max().orElseThrow();
        while (true) {
            int most = length;
            try {
                return embedder.embed(
                        texts.stream().map(text -> cut(text, most)).toList());
            } catch (Failure failure) {
                if (!failure.reason().equals(TextEmbedder.TOO_LONG) || length < 2 * MIN_LENGTH) {
                    throw failure;
                }
                length /= 2;
            }
        }
    }

    private static DocumentVector mean(Embeddings embeddings) {
        try {
            return DocumentVector.mean(embeddings.model(), embeddings.vectors());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NoSuchElementException e) {
            throw Failure.unavailable(
                    "EMBEDDING_UNAVAILABLE", "embed-service answered with no unit vectors: " + e.getMessage(), e);
        }
    }

    /** Returns the first {@code length} characters, without half a surrogate pair, not blank if the text is not. */
    private static String cut(String text, int length) {
        String start = text.strip();
        if (start.length() <= length) {
            return start;
        }
        return start.substring(0, Character.isHighSurrogate(start.charAt(length - 1)) ? length - 1 : length);
    }
}
