package quintet.encoder.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import quintet.encoder.model.ModelException;

/**
 * A rewriting as {@code rewrite.properties} describes it: {@code source}, the original, as a resource with a leading slash;
 * {@code kind}, {@code bert} or {@code quintet-reader}; {@code pooling} of a bert, {@code cls} or {@code mean}; {@code heads} of a
 * bert; {@code alpha} of {@link SmoothQuant}. Beside it lies {@code ranges.txt}, written by {@link Calibrate}.
 */
final class Rewrite {
    private static final String RANGES = "ranges.txt";

    private final Path folder;
    private final float alpha;
    private final Transformer transformer;
    private final OutputHead head;

    private Rewrite(Path folder, float alpha, Transformer transformer, OutputHead head) {
        this.folder = folder;
        this.alpha = alpha;
        this.transformer = transformer;
        this.head = head;
    }

    /** Reads a description and the original's weights. */
    static Rewrite of(Path folder) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("rewrite.properties"))) {
            properties.load(reader);
        }
        OnnxFile file = OnnxFile.read(resource(property(properties, "source")));
        float alpha = Float.parseFloat(property(properties, "alpha"));
        String kind = property(properties, "kind");
        return switch (kind) {
            case "bert" ->
                new Rewrite(
                        folder,
                        alpha,
                        BertExport.read(file, Integer.parseInt(property(properties, "heads"))),
                        pooling(property(properties, "pooling")));
            case "quintet-reader" -> new Rewrite(folder, alpha, ReaderModel.read(file), ReaderModel.readHead(file));
            default -> throw new ModelException("kind is %s, must be bert or quintet-reader".formatted(kind));
        };
    }

    Transformer transformer() {
        return transformer;
    }

    OutputHead head() {
        return head;
    }

    Path ranges() {
        return folder.resolve(RANGES);
    }

    /** Returns the graph in single precision. */
    byte[] floats() {
        return PackedGraph.write("packed-fp32", transformer, new FloatProducts(false), head);
    }

    /** Returns the graph in single precision whose outputs also are the activations in front of every matrix. */
    byte[] observed() {
        return PackedGraph.write("packed-observed", transformer, new FloatProducts(true), head);
    }

    /** Returns the graph whose matrix products are of 8-bit integers. */
    byte[] integers() throws IOException {
        SmoothQuant smoothed = SmoothQuant.of(transformer, ActivationRanges.read(ranges()), alpha);
        return PackedGraph.write("packed-int8", smoothed.transformer(), new IntegerProducts(smoothed), head);
    }

    private static OutputHead pooling(String pooling) {
        return switch (pooling) {
            case "cls" -> new OutputHead.FirstToken();
            case "mean" -> new OutputHead.Mean();
            default -> throw new ModelException("pooling is %s, must be cls or mean".formatted(pooling));
        };
    }

    private static String property(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new ModelException("rewrite.properties has no " + key);
        }
        return value;
    }

    private static ByteBuffer resource(String name) throws IOException {
        // The loader of the caller's thread: in a build, the resource is not beside this class.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream(name.substring(1))) {
            if (in == null) {
                throw new ModelException("there is no resource %s to rewrite".formatted(name));
            }
            return ByteBuffer.wrap(in.readAllBytes());
        }
    }
}
