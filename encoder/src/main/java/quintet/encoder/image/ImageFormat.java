package quintet.encoder.image;

import java.util.HexFormat;
import java.util.Optional;

/** The kinds of image that are read, told apart by their first bytes and never by what somebody calls them. */
enum ImageFormat {
    PNG("image/png", "png", "89504e470d0a1a0a"),
    JPEG("image/jpeg", "jpeg", "ffd8ff"),
    GIF("image/gif", "gif", "47494638"),
    BMP("image/bmp", "bmp", "424d");

    /** For messages. */
    static final String ALL = "PNG, JPEG, GIF and BMP";

    /** Its media type. */
    final String mediaType;
    /** What {@code javax.imageio} calls it. */
    final String reader;

    /** In hexadecimal digits. */
    private final String firstBytes;

    ImageFormat(String mediaType, String reader, String firstBytes) {
        this.mediaType = mediaType;
        this.reader = reader;
        this.firstBytes = firstBytes;
    }

    static Optional<ImageFormat> of(byte[] image) {
        for (ImageFormat format : values()) {
            if (format.opens(image)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    static boolean isRead(String mediaType) {
        // An old name that is still about.
        if (mediaType.equals("image/jpg")) {
            return true;
        }
        for (ImageFormat format : values()) {
            if (format.mediaType.equals(mediaType)) {
                return true;
            }
        }
        return false;
    }

    private boolean opens(byte[] image) {
        int length = Math.min(image.length, firstBytes.length() / 2);
        return HexFormat.of().formatHex(image, 0, length).equals(firstBytes);
    }
}
