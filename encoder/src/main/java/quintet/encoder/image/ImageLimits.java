package quintet.encoder.image;

/**
 * The largest image that is taken. Decoding one needs about 7 bytes of memory a pixel, and 11 where it has 16 bits a sample.
 *
 * @param bytes of the encoded image, at least 1
 * @param pixels of the decoded image, at least 1; checked from its header, before anything is decoded
 */
public record ImageLimits(int bytes, long pixels) {
    /** 10 MiB and 16 megapixels: what a telephone takes, and 120 MB of memory, seldom 190. */
    public static final ImageLimits DEFAULT = new ImageLimits(10 << 20, 16_777_216);

    /** Checks the bounds. */
    public ImageLimits {
        if (bytes < 1 || pixels < 1) {
            throw new IllegalArgumentException("bytes %d and pixels %d must be at least 1".formatted(bytes, pixels));
        }
    }
}
