package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Findings;
import quintet.ingest.model.ParsedDocument;

/**
 * Parses PDF with PDFBox, the library beneath Tika's own PDF parser: what that one hands out lacks the font sizes and
 * positions that headings, paragraphs and tables are found by. Streams that do not fit go to temporary files.
 */
final class PdfFormat {
    static final String MIME_TYPE = "application/pdf";

    private static final long MAX_TEMPORARY_BYTES = 512L << 20;

    private static final MemoryUsageSetting TEMPORARY = MemoryUsageSetting.setupTempFileOnly(MAX_TEMPORARY_BYTES);

    private final int maxCharacters;

    PdfFormat(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    ParsedDocument parse(Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile(), TEMPORARY.streamCache)) {
            List<PdfLine> lines = PdfLineStripper.read(document, maxCharacters);
            return new ParsedDocument(findings(document), PdfLayout.blocks(lines));
        } catch (InvalidPasswordException e) {
            throw Failure.invalidInput(
                    "ENCRYPTED_FILE", "the PDF is encrypted and needs a password; store it without one");
        }
    }

    private static Findings findings(PDDocument document) {
        PDDocumentInformation information = document.getDocumentInformation();
        Map<String, String> metadata = new HashMap<>();
        put(metadata, "author", information.getAuthor());
        put(metadata, "created", iso(information.getCreationDate()));
        put(metadata, "modified", iso(information.getModificationDate()));
        String title = information.getTitle() == null ? "" : information.getTitle();
        return new Findings(MIME_TYPE, title, "", document.getNumberOfPages(), metadata);
    }

    private static void put(Map<String, String> metadata, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            metadata.put(key, value.strip());
        }
    }

    private static @Nullable String iso(@Nullable Calendar date) {
        return date == null ? null : date.toInstant().toString();
    }
}
