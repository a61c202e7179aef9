package quintet.bench.retrieval;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import quintet.bench.report.Progress;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.Overflow;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** Texts of the retrieval sets, embedded by the model that embed-service ships; those to be found are made once and kept in a file. */
public final class SentenceVectors {
    private static final String MODEL = "bge-small-en-v1.5-int8";
    private static final int BATCH = 512;

    private final Path sets;
    private final Path cache;
    private final Progress progress;

    /**
     * Prepares to embed.
     *
     * @param sets folder of the retrieval sets
     * @param cache where vectors are kept
     */
    public SentenceVectors(Path sets, Path cache, Progress progress) {
        this.sets = sets;
        this.cache = cache;
        this.progress = progress;
    }

    /** Returns at most {@code count} vectors, fewer if there are fewer sentences. */
    List<float[]> of(int count) throws IOException {
        return kept("sentences-" + count, () -> SentenceTexts.sentences(sets, count));
    }

    /** Returns the vectors of passages, kept under a name as long as the texts are the same. */
    public List<float[]> ofPassages(String name, List<String> passages) throws IOException {
        return kept("%s-%08x".formatted(name, passages.hashCode()), () -> passages);
    }

    private interface Texts {
        List<String> read() throws IOException;
    }

    private List<float[]> kept(String name, Texts texts) throws IOException {
        Path file = cache.resolve(name + ".vectors");
        if (!Files.exists(file)) {
            List<float[]> vectors = embed(texts.read(), BiEncoder::passage);
            Files.createDirectories(cache);
            Path unfinished = cache.resolve(file.getFileName() + ".part");
            write(vectors, unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return read(file);
    }

    /** Returns the vectors of queries. */
    public List<float[]> ofQueries(List<String> queries) {
        return embed(queries, BiEncoder::query);
    }

    private interface Reading {
        TokenSequence read(BiEncoder encoder, String text, Overflow overflow);
    }

    private List<float[]> embed(List<String> sentences, Reading reading) {
        int threads = Runtime.getRuntime().availableProcessors();
        BiEncoder encoder = BiEncoder.load(
                ModelPackage.ofResources("models/" + MODEL),
                new EncoderOptions(cache.resolve("models"), threads, 2 * BATCH, 2 * BATCH, 192, RunListener.NONE));
        try {
            List<float[]> vectors = new ArrayList<>();
            for (int from = 0; from < sentences.size(); from += BATCH) {
                List<String> batch = sentences.subList(from, Math.min(from + BATCH, sentences.size()));
                encoder
                        .submit(
                                batch.stream()
                                        .map(text -> reading.read(encoder, text, Overflow.CUT))
                                        .toList(),
                                Priority.BULK)
                        .stream()
                        .map(CompletableFuture::join)
                        .map(Timed::value)
                        .forEach(vectors::add);
                progress.show("sentences", vectors.size(), sentences.size());
            }
            return vectors;
        } finally {
            encoder.close(Duration.ofSeconds(5));
        }
    }

    private static void write(List<float[]> vectors, Path file) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            out.writeInt(vectors.size());
            out.writeInt(vectors.getFirst().length);
            for (float[] vector : vectors) {
                for (float value : vector) {
                    out.writeFloat(value);
                }
            }
        }
    }

    private static List<float[]> read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            int count = in.readInt();
            int dimension = in.readInt();
            List<float[]> vectors = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                float[] vector = new float[dimension];
                for (int d = 0; d < dimension; d++) {
                    vector[d] = in.readFloat();
                }
                vectors.add(vector);
            }
            return vectors;
        }
    }
}
