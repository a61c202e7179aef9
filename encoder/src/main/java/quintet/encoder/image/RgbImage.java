package quintet.encoder.image;

/** An image as rows of pixels of three bytes: red, green, blue. */
final class RgbImage {
    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] samples;

    /** Takes {@code samples} without a copy; {@code width * height * 3} of them. */
    RgbImage(int width, int height, byte[] samples) {
        if (samples.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "%d samples are no image of %d x %d".formatted(samples.length, width, height));
        }
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Returns a sample, 0 to 255. */
    int sample(int x, int y, int channel) {
        return samples[(y * width + x) * CHANNELS + channel] & 0xFF;
    }

    /** Returns all samples; not a copy. */
    byte[] samples() {
        return samples;
    }
}
