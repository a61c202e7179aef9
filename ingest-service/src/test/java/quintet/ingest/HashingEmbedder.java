package quintet.ingest;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import quintet.failure.Failure;
import quintet.ingest.port.TextEmbedder;

/** An embed-service whose vectors count words by their hashes: texts of the same words in any order mean the same. */
@Mock
@ApplicationScoped
public class HashingEmbedder implements TextEmbedder {
    private static final int DIMENSION = 64;

    private volatile boolean down;

    @Override
    public Embeddings embed(List<String> texts) {
        if (down) {
            throw Failure.unavailable("EMBEDDING_UNAVAILABLE", "down for a test", null);
        }
        return new Embeddings(
                "hashing@1", texts.stream().map(HashingEmbedder::vector).toList());
    }

    public void setDown(boolean down) {
        this.down = down;
    }

    private static float[] vector(String text) {
        float[] vector = new float[DIMENSION];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            vector[Math.floorMod(word.hashCode(), DIMENSION)] += 1;
        }
        return vector;
    }
}
