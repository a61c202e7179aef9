package quintet.encoder.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import quintet.encoder.image.ImageRefusedException.Reason;

/**
 * Decodes PNG, JPEG, GIF and BMP with the JDK's readers, as Pillow's {@code convert("RGB")} gives them: an alpha channel is dropped, not
 * laid over white; CMYK becomes what its inks leave of white; colour profiles and EXIF orientation are left aside; of 16 bits a
 * sample, the upper eight. Of an animation it gives the first frame, without the canvas around it.
 */
final class ImageDecoder {
    private ImageDecoder() {}

    /**
     * Decodes an image.
     *
     * @throws ImageRefusedException if it is too large, of another kind or damaged
     */
    static RgbImage decode(byte[] image, ImageLimits limits) {
        if (image.length > limits.bytes()) {
            throw new ImageRefusedException(
                    Reason.TOO_LARGE,
                    "the image has %d bytes, at most %d are taken".formatted(image.length, limits.bytes()));
        }
        ImageFormat format = ImageFormat.of(image)
                .orElseThrow(() -> new ImageRefusedException(
                        Reason.UNSUPPORTED_TYPE,
                        "the %d bytes are no image of a kind that is read, which are %s"
                                .formatted(image.length, ImageFormat.ALL)));
        if (format == ImageFormat.JPEG) {
            JpegMarkers.check(image);
        }
        ImageReader reader = reader(format);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            reader.setInput(in, true, true);
            checkSize(reader.getWidth(0), reader.getHeight(0), limits);
            BufferedImage decoded = reader.read(0);
            checkSize(decoded.getWidth(), decoded.getHeight(), limits);
            return rgb(decoded);
        } catch (ImageRefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The readers answer a broken file with whatever exception they come across.
            throw new ImageRefusedException(
                    Reason.DAMAGED,
                    "the %s can not be decoded: %s"
                            .formatted(format, Objects.requireNonNullElse(e.getMessage(), e.toString())),
                    e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(ImageFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.reader);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            // A plug-in on the class path might decode differently, or unsafely.
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return reader;
            }
        }
        throw new IllegalStateException("this Java has no reader for " + format);
    }

    private static void checkSize(int width, int height, ImageLimits limits) {
        if (width < 1 || height < 1) {
            throw new ImageRefusedException(Reason.DAMAGED, "the image is %d x %d pixels".formatted(width, height));
        }
        if ((long) width * height > limits.pixels()) {
            throw new ImageRefusedException(
                    Reason.TOO_LARGE,
                    "the image is %d x %d pixels, at most %d are taken".formatted(width, height, limits.pixels()));
        }
    }

    private static RgbImage rgb(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), RgbImage.CHANNELS)];
        // The colour model would turn grey levels and profiles into other colours, so samples are taken as they are
        // stored; a palette and packed bits have only the model to say what they are.
        if (image.getColorModel() instanceof ComponentColorModel model) {
            copyStored(image.getRaster(), model, samples);
        } else {
            copyColors(image, samples);
        }
        return new RgbImage(width, height, samples);
    }

    private static void copyStored(Raster raster, ComponentColorModel model, byte[] samples) {
        int space = model.getColorSpace().getType();
        int shift = Math.max(0, model.getComponentSize(0) - Byte.SIZE);
        int bands = raster.getNumBands();
        int[] row = new int[raster.getWidth() * bands];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            int[] _ = raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            for (int from = 0; from < row.length; from += bands) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    int sample = switch (space) {
                        case ColorSpace.TYPE_GRAY -> row[from];
                        case ColorSpace.TYPE_RGB -> row[from + channel];
                        case ColorSpace.TYPE_CMYK -> ofInks(row[from + channel], row[from + 3]);
                        default ->
                            throw new ImageRefusedException(
                                    Reason.UNSUPPORTED_TYPE,
                                    "the image's colours are of kind %d, read are grey, RGB and CMYK".formatted(space));
                    };
                    samples[to++] = (byte) (sample >> shift);
                }
            }
        }
    }

    /** Returns what an ink and black leave of white, rounded as Pillow does. */
    private static int ofInks(int ink, int black) {
        int light = 255 - black;
        int product = ink * light + 128;
        return light - (((product >> 8) + product) >> 8);
    }

    private static void copyColors(BufferedImage image, byte[] samples) {
        int[] row = new int[image.getWidth()];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            int[] _ = image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int color : row) {
                samples[to++] = (byte) (color >> 16);
                samples[to++] = (byte) (color >> 8);
                samples[to++] = (byte) color;
            }
        }
    }
}
