package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.failure.Failure;
import quintet.ingest.model.Block;
import quintet.ingest.model.Findings;
import quintet.ingest.model.ParsedDocument;

/** Parses a file of any supported format with Apache Tika and the libraries beneath it, where it is called: unbounded in time. */
final class FileParser {
    private static final Set<String> MARKDOWN = Set.of("text/markdown", "text/x-web-markdown", "text/x-markdown");
    private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
    private static final Set<String> OFFICE = Set.of(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "application/vnd.ms-word.document.macroenabled.12",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
            "application/vnd.ms-powerpoint.presentation.macroenabled.12",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel.sheet.macroenabled.12",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "message/rfc822");

    private final int maxCharacters;
    private final FileTypes types = new FileTypes();
    private final TikaFormats tika;
    private final PdfFormat pdf;

    FileParser(int maxCharacters) {
        this.maxCharacters = maxCharacters;
        tika = new TikaFormats(types, maxCharacters);
        pdf = new PdfFormat(maxCharacters);
    }

    /** Does what {@link quintet.ingest.port.DocumentParser} says; throws anything at all on damaged files. */
    ParsedDocument parse(Path file, String filename, String mimeType) throws IOException {
        return parseAs(types.detect(file, filename, mimeType), file, filename, mimeType);
    }

    private ParsedDocument parseAs(String type, Path file, String filename, String declared) throws IOException {
        if (type.equals(PdfFormat.MIME_TYPE)) {
            return pdf.parse(file);
        }
        if (MARKDOWN.contains(type)) {
            return text("text/markdown", MarkdownFormat.blocks(decode(file, declared), maxCharacters));
        }
        if (HTML.contains(type) || OFFICE.contains(type)) {
            return tika.parse(file, filename, type);
        }
        if (type.startsWith("text/")) {
            return text(type, PlainTextFormat.blocks(decode(file, declared), maxCharacters));
        }
        if (type.equals("application/x-tika-ooxml-protected")) {
            throw Failure.invalidInput("ENCRYPTED_FILE", "the file is encrypted; store it without a password");
        }
        if (declared.startsWith("text/") && types.isText(file)) {
            // Words that happen to stand where another format has its mark.
            return text("text/plain", PlainTextFormat.blocks(decode(file, declared), maxCharacters));
        }
        throw Failure.invalidInput(
                "UNSUPPORTED_TYPE",
                "the file is of type %s; supported are PDF, DOCX, PPTX, XLSX, ODT, HTML, Markdown, text and EML",
                type);
    }

    private String decode(Path file, String declared) throws IOException {
        return TextDecoder.decode(file, declared, 4L * maxCharacters);
    }

    private static ParsedDocument text(String type, List<Block> blocks) {
        return new ParsedDocument(new Findings(type, "", "", 0, Map.of()), blocks);
    }
}
