package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.tika.detect.CompositeDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.TextDetector;
import org.apache.tika.detect.microsoft.POIFSContainerDetector;
import org.apache.tika.detect.microsoft.ooxml.OPCPackageDetector;
import org.apache.tika.detect.zip.DefaultZipContainerDetector;
import org.apache.tika.detect.zip.OpenDocumentDetector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Finds the type of a file from its bytes; name and declared type only decide between types that fit the bytes. */
final class FileTypes {
    private final Detector detector = new CompositeDetector(List.of(
            new POIFSContainerDetector(),
            new DefaultZipContainerDetector(List.of(new OPCPackageDetector(), new OpenDocumentDetector())),
            MimeTypes.getDefaultMimeTypes()));

    Detector detector() {
        return detector;
    }

    /** Returns the type without parameters. */
    String detect(Path file, String filename, String declared) throws IOException {
        Metadata metadata = new Metadata();
        if (!filename.isEmpty()) {
            metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, filename);
        }
        if (!declared.isEmpty()) {
            metadata.set(Metadata.CONTENT_TYPE, declared);
        }
        try (InputStream stream = TikaInputStream.get(file)) {
            return detector.detect(stream, metadata).getBaseType().toString();
        }
    }

    /** Returns whether a file begins as text does, whatever words it begins with. */
    boolean isText(Path file) throws IOException {
        try (InputStream stream = TikaInputStream.get(file)) {
            return new TextDetector().detect(stream, new Metadata()).equals(MediaType.TEXT_PLAIN);
        }
    }
}
