package quintet.encoder.model;

import java.nio.file.Path;

/**
 * An ONNX file on the disk.
 *
 * @param path where it lies
 * @param sha256 its SHA-256 in hexadecimal digits
 * @param shipped whether it came out of the program's resources, and not from a folder of somebody's choice
 */
public record ModelFile(Path path, String sha256, boolean shipped) {
    /** Returns the revision that travels with every result: the first 12 digits of the SHA-256. */
    public String revision() {
        return sha256.substring(0, 12);
    }
}
