package quintet.encoder.image;

import java.util.Base64;
import java.util.Locale;
import quintet.encoder.image.ImageRefusedException.Reason;

/** Reads images out of data URLs (RFC 2397), {@code data:image/png;base64,...}. */
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    /** Returns whether a text is meant to be a data URL of an image, well formed or not. */
    public static boolean isImage(String text) {
        return text.regionMatches(true, 0, "data:image/", 0, 11);
    }

    /**
     * Returns the bytes of an image. That they are an image is not checked here, nor that they are of the kind that the URL says.
     *
     * @throws ImageRefusedException if the URL is not well formed, of a kind of image that is not read, or too large
     */
    public static byte[] image(String url, ImageLimits limits) {
        int comma = url.indexOf(',');
        if (comma < 0 || !isImage(url)) {
            throw new ImageRefusedException(
                    Reason.NOT_A_DATA_URL, "the image must be given as data:image/<kind>;base64,<bytes>");
        }
        String header = url.substring(SCHEME.length(), Math.min(comma, 256)).toLowerCase(Locale.ROOT);
        if (!header.endsWith(BASE64)) {
            throw new ImageRefusedException(
                    Reason.NOT_BASE64, "the image's data URL says %s, must say %s".formatted(header, BASE64));
        }
        String mediaType = header.substring(0, header.indexOf(';'));
        if (!ImageFormat.isRead(mediaType)) {
            throw new ImageRefusedException(
                    Reason.UNSUPPORTED_TYPE, "the image is %s, read are %s".formatted(mediaType, ImageFormat.ALL));
        }
        long bytes = (url.length() - comma - 1L) / 4 * 3;
        if (bytes - 2 > limits.bytes()) {
            throw new ImageRefusedException(
                    Reason.TOO_LARGE,
                    "the image has about %d bytes, at most %d are taken".formatted(bytes, limits.bytes()));
        }
        try {
            return Base64.getDecoder().decode(url.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            throw new ImageRefusedException(
                    Reason.NOT_BASE64, "the image's bytes are not base64: %s".formatted(e.getMessage()), e);
        }
    }
}
