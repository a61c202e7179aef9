package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import quintet.failure.Failure;

/**
 * Refuses office files with a document type in their XML: it can declare entities, which read other files or grow without
 * end. Open Packaging Conventions (ECMA-376-2) forbid it, no office program writes one, and parsers that do not resolve
 * entities drop them, words and all, without a sign.
 */
final class DoctypeGuard {
    /** Manifests of the first OpenDocument files name a DTD; nobody reads them for text. */
    private static final String MANIFESTS = "META-INF/";

    private DoctypeGuard() {}

    /** Fails with {@code XML_DOCTYPE} or {@code CORRUPT_FILE}. Parts that are no XML are for the parser to refuse. */
    static void check(Path file) {
        // Not thread-safe, and cheap beside a file.
        XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry part = entries.nextElement();
                if (isXml(part.getName()) && hasDoctype(xml, zip, part)) {
                    throw Failure.invalidInput(
                            "XML_DOCTYPE",
                            "part '%.200s' of the file has a document type declaration, where XML entities are"
                                    + " declared; office files must not have any",
                            part.getName());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.invalidInput("CORRUPT_FILE", "the file can not be read; it may be damaged");
        }
    }

    /** Pictures and pages of the web inside a file may be XML too, with a document type of their own; they are not read. */
    private static boolean isXml(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return (lower.endsWith(".xml") || lower.endsWith(".rels")) && !name.startsWith(MANIFESTS);
    }

    private static boolean hasDoctype(XMLInputFactory xml, ZipFile zip, ZipEntry part) throws IOException {
        try (InputStream in = zip.getInputStream(part)) {
            XMLStreamReader reader = xml.createXMLStreamReader(in);
            int event = reader.getEventType();
            while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.DTD) {
                event = reader.next();
            }
            return event == XMLStreamConstants.DTD;
        } catch (XMLStreamException _) {
            return false;
        }
    }
}
