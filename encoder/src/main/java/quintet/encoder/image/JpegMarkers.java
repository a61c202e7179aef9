package quintet.encoder.image;

import quintet.encoder.image.ImageRefusedException.Reason;

/**
 * Follows the markers of a JPEG (ITU T.81, annex B) to see what the JDK's reader does not: that a file is whole, where it would fill
 * what is missing with grey, and that a progressive one does not go over all its pixels thousands of times.
 */
final class JpegMarkers {
    /** A progressive JPEG has about ten. */
    private static final int MAX_SCANS = 100;

    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;

    private JpegMarkers() {}

    /** Throws {@link ImageRefusedException} if the end marker is missing or there are too many scans. */
    static void check(byte[] jpeg) {
        int scans = 0;
        int at = 0;
        while (true) {
            at = afterNextMarker(jpeg, at);
            int marker = jpeg[at - 1] & 0xFF;
            if (marker == END_OF_IMAGE) {
                return;
            }
            if (hasNoLength(marker)) {
                continue;
            }
            if (marker == START_OF_SCAN && ++scans > MAX_SCANS) {
                throw new ImageRefusedException(Reason.DAMAGED, "the JPEG has more than %d scans".formatted(MAX_SCANS));
            }
            if (at + 2 > jpeg.length) {
                throw cutShort();
            }
            at += Math.max(2, (jpeg[at] & 0xFF) << Byte.SIZE | (jpeg[at + 1] & 0xFF));
        }
    }

    /** Skips the data of a scan, or whatever stands between two segments. */
    private static int afterNextMarker(byte[] jpeg, int from) {
        int at = from;
        while (at < jpeg.length && jpeg[at] != (byte) 0xFF) {
            at++;
        }
        while (at < jpeg.length && jpeg[at] == (byte) 0xFF) {
            at++;
        }
        if (at >= jpeg.length) {
            throw cutShort();
        }
        return at + 1;
    }

    /** A byte 0xFF of a scan's data is followed by 0; restarts stand within a scan's data. */
    private static boolean hasNoLength(int marker) {
        return marker <= 1 || (marker >= 0xD0 && marker <= START_OF_IMAGE);
    }

    private static ImageRefusedException cutShort() {
        return new ImageRefusedException(Reason.DAMAGED, "the JPEG is cut short: it has no end marker");
    }
}
