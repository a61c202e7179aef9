package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Office;
import org.apache.tika.metadata.Property;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.csv.TextAndCSVParser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.mail.RFC822Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import quintet.failure.Failure;
import quintet.ingest.model.Block;
import quintet.ingest.model.Findings;
import quintet.ingest.model.ParsedDocument;

/**
 * Parses what Tika has the better parsers for: office files, HTML and e-mail with its attachments. Tika's own guards against
 * zip bombs, deep nesting and XML entities hold; nothing is fetched, no program is started.
 */
final class TikaFormats {
    private static final String EMAIL = "message/rfc822";
    private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";

    /** How the JDK's XML parser begins to say that elements lie deeper than its limit. */
    private static final String XML_TOO_DEEP = "JAXP00010006";

    private final int maxCharacters;
    private final AutoDetectParser parser;

    TikaFormats(FileTypes types, int maxCharacters) {
        this.maxCharacters = maxCharacters;
        parser = new AutoDetectParser(
                types.detector(),
                new OOXMLParser(),
                new OfficeParser(),
                new OpenDocumentParser(),
                new JSoupParser(),
                new RFC822Parser(),
                new TextAndCSVParser());
    }

    ParsedDocument parse(Path file, String filename, String mimeType) throws IOException {
        if (mimeType.startsWith(OPEN_XML) || mimeType.startsWith(OPEN_DOCUMENT) || mimeType.contains("macroenabled")) {
            ArchiveGuard.check(file);
            DoctypeGuard.check(file);
        }
        Metadata metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, filename);
        metadata.set(TikaCoreProperties.CONTENT_TYPE_PARSER_OVERRIDE, mimeType);
        XhtmlBlocks handler = new XhtmlBlocks(maxCharacters);
        try (InputStream stream = TikaInputStream.get(file)) {
            parser.parse(stream, handler, metadata, context(mimeType));
        } catch (EncryptedDocumentException e) {
            throw Failure.invalidInput("ENCRYPTED_FILE", "the file is encrypted; store it without a password");
        } catch (TikaException | SAXException e) {
            throw corrupt(e);
        }
        return new ParsedDocument(findings(metadata, mimeType, handler.pages()), blocks(handler, metadata, mimeType));
    }

    /** Attachments of e-mails are parsed too; pictures and objects inside office files are not. */
    private ParseContext context(String mimeType) {
        ParseContext context = new ParseContext();
        if (mimeType.equals(EMAIL)) {
            context.set(Parser.class, parser);
        } else {
            context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
        }
        OfficeParserConfig office = new OfficeParserConfig();
        office.setUseSAXDocxExtractor(true);
        office.setUseSAXPptxExtractor(true);
        office.setIncludeHeadersAndFooters(false);
        office.setIncludeMissingRows(false);
        office.setIncludeShapeBasedContent(true);
        office.setExtractMacros(false);
        context.set(OfficeParserConfig.class, office);
        return context;
    }

    private static Failure corrupt(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
            String message = String.valueOf(cause.getMessage());
            if (message.contains("zip bomb") || message.contains("Zip bomb")) {
                return Failure.invalidInput(
                        "ARCHIVE_BOMB",
                        "the file unpacks to far more than its own size, or what is inside lies nested too deeply");
            }
            if (message.contains(XML_TOO_DEEP)) {
                return Failure.invalidInput("FILE_TOO_DEEP", "the file is nested deeper than the parser can follow");
            }
        }
        return Failure.invalidInput("CORRUPT_FILE", "the file can not be read; it may be damaged");
    }

    private static List<Block> blocks(XhtmlBlocks handler, Metadata metadata, String mimeType) {
        String subject = mimeType.equals(EMAIL) ? metadata.get(TikaCoreProperties.TITLE) : null;
        if (subject == null || subject.isBlank()) {
            return handler.list();
        }
        handler.list().addFirst(Block.heading(1, subject, 0));
        return handler.list();
    }

    private static Findings findings(Metadata metadata, String mimeType, int pages) {
        Map<String, String> known = new HashMap<>();
        Optional.ofNullable(metadata.get(TikaCoreProperties.CREATOR))
                .or(() -> Optional.ofNullable(metadata.get(Office.AUTHOR)))
                .filter(author -> !author.isBlank())
                .ifPresent(author -> known.put("author", author.strip()));
        date(metadata, TikaCoreProperties.CREATED).ifPresent(created -> known.put("created", created));
        date(metadata, TikaCoreProperties.MODIFIED).ifPresent(modified -> known.put("modified", modified));
        String title = metadata.get(TikaCoreProperties.TITLE);
        return new Findings(mimeType, title == null ? "" : title, "", pages, known);
    }

    private static Optional<String> date(Metadata metadata, Property property) {
        return Optional.ofNullable(metadata.getDate(property))
                .map(Date::toInstant)
                .map(Object::toString);
    }

    /** Leaves out what lies inside a file, with its name. */
    private static final class NothingEmbedded implements EmbeddedDocumentExtractor {
        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {}
    }
}
