package quintet.bench.encoder;

import java.util.List;
import quintet.encoder.words.NoKnownWordException;
import quintet.encoder.words.WordEncoder;

/** The vectors that word vectors give texts. */
record MeansOfWords(WordEncoder encoder) implements VectorSource {
    @Override
    public String name() {
        return encoder.descriptor().name();
    }

    @Override
    public List<float[]> passages(List<String> texts) {
        return texts.stream().map(this::vector).toList();
    }

    @Override
    public List<float[]> queries(List<String> texts) {
        return passages(texts);
    }

    private float[] vector(String text) {
        try {
            return encoder.encode(text).vector();
        } catch (NoKnownWordException e) {
            return new float[encoder.vectors().dimension()];
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
