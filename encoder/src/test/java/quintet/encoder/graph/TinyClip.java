package quintet.encoder.graph;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import quintet.encoder.image.PixelValues;
import quintet.encoder.tokenizer.TinyTokenizers;
import quintet.encoder.tokenizer.TokenSequence;

/**
 * A CLIP model of two small graphs with drawn weights: a text is the sum of its tokens' rows, an image its pixels, each times a matrix.
 * The reference computes the same in Java.
 */
public final class TinyClip {
    public static final int SIZE = 8;
    public static final int DIMENSION = 6;

    private static final int WIDTH = 5;
    private static final int PIXELS = 3 * SIZE * SIZE;

    private final int vocabulary;
    private final float[] rows;
    private final float[] textProjection;
    private final float[] imageProjection;

    /** Draws the weights of a model for so many tokens. */
    public TinyClip(int vocabulary, long seed) {
        Random random = new Random(seed);
        this.vocabulary = vocabulary;
        rows = drawn(random, vocabulary * WIDTH);
        textProjection = drawn(random, WIDTH * DIMENSION);
        imageProjection = drawn(random, PIXELS * DIMENSION);
    }

    /** Draws the weights of a model for the small tokenizer of CLIP. */
    public static TinyClip ofSeed(long seed) {
        return new TinyClip(TinyTokenizers.clipVocabularySize(), seed);
    }

    /** Writes the model as Hugging Face exports it, with CLIP's tokenizer and preprocessor in small. */
    public void write(Path folder, boolean withMask) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("text_model.onnx"), textModel(withMask));
        Files.write(folder.resolve("vision_model.onnx"), visionModel());
        Files.writeString(folder.resolve("tokenizer.json"), TinyTokenizers.clip());
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"size\": 8, \"crop_size\": 8}");
    }

    /** Returns the vector of a text, of unit length. */
    public double[] vector(TokenSequence text) {
        double[] sum = new double[WIDTH];
        for (int i = 0; i < text.length(); i++) {
            for (int j = 0; j < WIDTH; j++) {
                sum[j] += rows[text.id(i) * WIDTH + j];
            }
        }
        return unitProduct(sum, textProjection);
    }

    /** Returns the vector of an image, of unit length. */
    public double[] vector(PixelValues image) {
        FloatBuffer buffer = FloatBuffer.allocate(PIXELS);
        image.putInto(buffer);
        double[] values = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            values[i] = buffer.get(i);
        }
        return unitProduct(values, imageProjection);
    }

    private byte[] textModel(boolean withMask) {
        GraphBuilder graph = new GraphBuilder();
        graph.input("input_ids", Tensor.Type.INT64, "batch", "sequence");
        String tokens = graph.gather("token", Tensor.of(rows, vocabulary, WIDTH), "input_ids");
        String summed = tokens;
        if (withMask) {
            graph.input("attention_mask", Tensor.Type.INT64, "batch", "sequence");
            String mask = graph.node("Cast", "mask", List.of("attention_mask"), GraphBuilder.attribute("to", 1));
            String column = graph.node("Unsqueeze", "mask.column", List.of(mask, graph.vector("last", -1)));
            summed = graph.node("Mul", "masked", List.of(tokens, column));
        }
        String sum = graph.node(
                "ReduceSum",
                "sum",
                List.of(summed, graph.vector("sequence.axis", 1)),
                GraphBuilder.attribute("keepdims", 0));
        String projection = graph.constant("projection", Tensor.of(textProjection, WIDTH, DIMENSION));
        String _ = graph.node("MatMul", "text_embeds", List.of(sum, projection));
        graph.output("text_embeds", Tensor.Type.FLOAT, "batch", String.valueOf(DIMENSION));
        return graph.toModel("text");
    }

    private byte[] visionModel() {
        GraphBuilder graph = new GraphBuilder();
        graph.input("pixel_values", Tensor.Type.FLOAT, "batch", "3", "height", "width");
        String flat = graph.node("Flatten", "flat", List.of("pixel_values"), GraphBuilder.attribute("axis", 1));
        String projection = graph.constant("projection", Tensor.of(imageProjection, PIXELS, DIMENSION));
        String _ = graph.node("MatMul", "image_embeds", List.of(flat, projection));
        graph.output("image_embeds", Tensor.Type.FLOAT, "batch", String.valueOf(DIMENSION));
        return graph.toModel("vision");
    }

    private static double[] unitProduct(double[] row, float[] matrix) {
        double[] product = new double[DIMENSION];
        double squares = 0;
        for (int j = 0; j < DIMENSION; j++) {
            for (int i = 0; i < row.length; i++) {
                product[j] += row[i] * matrix[i * DIMENSION + j];
            }
            squares += product[j] * product[j];
        }
        for (int j = 0; j < DIMENSION; j++) {
            product[j] /= Math.sqrt(squares);
        }
        return product;
    }

    private static float[] drawn(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
