package quintet.encoder.image;

/**
 * Resizes an image as Pillow's {@code Image.resize(..., BICUBIC)} does, bit for bit (<a
 * href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c">Resample.c</a>): Keys' cubic kernel with a =
 * -0.5, stretched by the scale when it shrinks an image, so that nothing is skipped; first rows, then columns, in fixed-point
 * arithmetic, rounded to 8 bits after each.
 */
final class BicubicResampler {
    private static final int PRECISION_BITS = 32 - 8 - 2;
    private static final double SUPPORT = 2;

    private BicubicResampler() {}

    /**
     * A part of a side of the resized image.
     *
     * @param size length of the whole side, at least 1
     * @param from where the part begins
     * @param count its length
     */
    record Part(long size, long from, int count) {}

    /** Returns a part of the resized image; the rest of it is never computed, however long it would be. */
    static RgbImage resize(RgbImage image, Part columns, Part rows) {
        Weights vertical = new Weights(image.height(), rows);
        int top = vertical.first(0);
        int bottom = vertical.first(rows.count() - 1) + vertical.count(rows.count() - 1);
        RgbImage narrow = columns.size() == image.width()
                ? crop(image, Math.toIntExact(columns.from()), columns.count(), top, bottom)
                : resizeRows(image, new Weights(image.width(), columns), columns.count(), top, bottom);
        return rows.size() == image.height()
                ? crop(
                        narrow,
                        0,
                        narrow.width(),
                        Math.toIntExact(rows.from()) - top,
                        Math.toIntExact(rows.from()) - top + rows.count())
                : resizeColumns(narrow, vertical, rows.count(), top);
    }

    private static RgbImage crop(RgbImage image, int left, int width, int top, int bottom) {
        byte[] out = new byte[width * (bottom - top) * RgbImage.CHANNELS];
        for (int y = top; y < bottom; y++) {
            System.arraycopy(
                    image.samples(),
                    (y * image.width() + left) * RgbImage.CHANNELS,
                    out,
                    (y - top) * width * RgbImage.CHANNELS,
                    width * RgbImage.CHANNELS);
        }
        return new RgbImage(width, bottom - top, out);
    }

    private static RgbImage resizeRows(RgbImage image, Weights weights, int width, int top, int bottom) {
        byte[] out = new byte[Math.multiplyExact(width * RgbImage.CHANNELS, bottom - top)];
        int to = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < width; x++) {
                int[] row = weights.of(x);
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    int sum = 1 << (PRECISION_BITS - 1);
                    for (int i = 0; i < row.length; i++) {
                        sum += image.sample(weights.first(x) + i, y, channel) * row[i];
                    }
                    out[to++] = clip(sum);
                }
            }
        }
        return new RgbImage(width, bottom - top, out);
    }

    private static RgbImage resizeColumns(RgbImage image, Weights weights, int height, int top) {
        byte[] out = new byte[image.width() * height * RgbImage.CHANNELS];
        int to = 0;
        for (int y = 0; y < height; y++) {
            int[] column = weights.of(y);
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    int sum = 1 << (PRECISION_BITS - 1);
                    for (int i = 0; i < column.length; i++) {
                        sum += image.sample(x, weights.first(y) - top + i, channel) * column[i];
                    }
                    out[to++] = clip(sum);
                }
            }
        }
        return new RgbImage(image.width(), height, out);
    }

    private static byte clip(int sum) {
        return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
    }

    /** What each pixel of a side is made of: so many pixels of the original, from a first one on, each by its weight. */
    private static final class Weights {
        private final int[] first;
        private final int[][] weights;

        Weights(int originalSize, Part part) {
            first = new int[part.count()];
            weights = new int[part.count()][];
            double scale = (double) originalSize / part.size();
            double stretch = Math.max(scale, 1);
            double support = SUPPORT * stretch;
            for (int i = 0; i < part.count(); i++) {
                double center = (part.from() + i + 0.5) * scale;
                int from = Math.max((int) (center - support + 0.5), 0);
                int to = Math.min((int) (center + support + 0.5), originalSize);
                double[] exact = new double[to - from];
                double sum = 0;
                for (int x = 0; x < exact.length; x++) {
                    exact[x] = cubic((x + from - center + 0.5) * (1 / stretch));
                    sum += exact[x];
                }
                first[i] = from;
                weights[i] = new int[exact.length];
                for (int x = 0; x < exact.length; x++) {
                    double fixed = (sum == 0 ? exact[x] : exact[x] / sum) * (1 << PRECISION_BITS);
                    weights[i][x] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
                }
            }
        }

        int first(int i) {
            return first[i];
        }

        int count(int i) {
            return weights[i].length;
        }

        int[] of(int i) {
            return weights[i];
        }

        private static double cubic(double distance) {
            double a = -0.5;
            double x = Math.abs(distance);
            if (x < 1) {
                return ((a + 2) * x - (a + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
        }
    }
}
