package quintet.encoder.image;

import java.io.IOException;
import java.io.InputStream;
import quintet.encoder.image.BicubicResampler.Part;

/**
 * Makes of an image what a CLIP model reads, with the arithmetic of transformers' {@code CLIPImageProcessor}: the shorter side resized
 * to {@code shortest_edge} by Pillow's bicubic filter, the middle cut out, samples scaled and normalized by channel. Safe for use by
 * several threads.
 */
public final class ImagePreprocessor {
    private final PreprocessorConfig config;

    private ImagePreprocessor(PreprocessorConfig config) {
        this.config = config;
    }

    /**
     * Reads a Hugging Face {@code preprocessor_config.json}.
     *
     * @throws IOException if it can not be read, or asks for something else than described above; the message says what
     */
    public static ImagePreprocessor read(InputStream json) throws IOException {
        return new ImagePreprocessor(PreprocessorConfig.read(json));
    }

    /** Returns the length of a side of what the model reads, in pixels. */
    public int size() {
        return config.cropSize();
    }

    /**
     * Decodes and prepares an image. Takes milliseconds to some hundred, and memory as {@link ImageLimits} says.
     *
     * @param image PNG, JPEG, GIF (the first frame) or BMP
     * @throws ImageRefusedException if it is too large, of another kind or damaged
     */
    public PixelValues prepare(byte[] image, ImageLimits limits) {
        return prepare(ImageDecoder.decode(image, limits));
    }

    PixelValues prepare(RgbImage image) {
        int shorter = Math.min(image.width(), image.height());
        RgbImage square =
                BicubicResampler.resize(image, middle(image.width(), shorter), middle(image.height(), shorter));
        int size = size();
        float[] values = new float[RgbImage.CHANNELS * size * size];
        int to = 0;
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    values[to++] = config.normalize(square.sample(x, y, channel), channel);
                }
            }
        }
        return new PixelValues(size, values);
    }

    /** Returns what is cut out of a side. */
    private Part middle(int side, int shorter) {
        long resized = (long) ((double) ((long) config.shortestEdge() * side) / shorter);
        return new Part(resized, (resized - config.cropSize()) / 2, config.cropSize());
    }
}
