package quintet.ingest.adapter.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.TestData;
import quintet.ingest.model.Block;
import quintet.ingest.model.ParsedDocument;

/** Real files of every format, and files that are out to harm. */
class DocumentFormatsTest {
    private static final ParserConfig CONFIG = config(Duration.ofSeconds(60), 2_000_000);
    private static final ParserWorkers PARSER = new ParserWorkers(CONFIG);

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        PARSER.stop();
    }

    @Test
    void readsThePagesAndHeadingsOfAPdf() {
        ParsedDocument parsed = parse(TestData.shared("hr-handbook/Benefit_Options.pdf"));
        assertThat(parsed.findings().mimeType()).isEqualTo("application/pdf");
        assertThat(parsed.findings().pageCount()).isEqualTo(4);
        assertThat(parsed.findings().metadata()).containsKeys("author", "created");
        assertThat(headings(parsed)).contains("Northwind Health Plus", "Comparison of Plans", "Next Steps");
        assertThat(parsed.blocks())
                .anyMatch(block -> block.page() == 4 && block.text().startsWith("Contoso Electronics deducts"));
    }

    @Test
    void readsBulletsOfAPdfAsListItems() {
        ParsedDocument parsed = parse(TestData.shared("hr-handbook/PerksPlus.pdf"));
        assertThat(parsed.blocks())
                .filteredOn(block -> block.kind() == Block.Kind.LIST_ITEM)
                .extracting(block -> block.text().strip())
                .contains("• Gym memberships", "• Horseback riding lessons");
    }

    @Test
    void readsTheHeadingsAndTablesOfADocx() {
        ParsedDocument headings = parse(TestData.shared("documents/docx/sources/unit_test_headers.docx"));
        assertThat(headings(headings)).hasSizeGreaterThan(3);
        ParsedDocument tables = parse(TestData.shared("documents/docx/sources/word_tables.docx"));
        assertThat(tables.blocks())
                .anyMatch(block ->
                        block.kind() == Block.Kind.TABLE_ROW && block.text().contains(" | "));
    }

    @Test
    void readsTheSlidesOfAPptxAsPages() {
        ParsedDocument parsed = parse(TestData.shared("documents/pptx/sources/powerpoint_sample.pptx"));
        assertThat(parsed.findings().pageCount()).isEqualTo(3);
        assertThat(parsed.blocks()).extracting(Block::page).contains(1, 2, 3);
    }

    @Test
    void readsTheRowsOfAnXlsx() {
        ParsedDocument parsed = parse(TestData.shared("documents/xlsx/sources/xlsx_01.xlsx"));
        assertThat(parsed.blocks())
                .anyMatch(block ->
                        block.kind() == Block.Kind.TABLE_ROW && block.text().contains(" | "));
        assertThat(headings(parsed)).isNotEmpty();
    }

    @Test
    void readsAnOdt() {
        ParsedDocument parsed = parse(TestData.shared("documents/odf/sources/text_document_01.odt"));
        assertThat(parsed.findings().mimeType()).isEqualTo("application/vnd.oasis.opendocument.text");
        assertThat(parsed.blocks()).isNotEmpty();
    }

    @Test
    void readsAnEmailWithItsSubject() {
        ParsedDocument parsed = parse(TestData.shared("documents/email/sources/eml_simple.eml"));
        assertThat(parsed.findings().mimeType()).isEqualTo("message/rfc822");
        assertThat(parsed.findings().title()).isNotEmpty();
        assertThat(parsed.blocks().getFirst().kind()).isEqualTo(Block.Kind.HEADING);
    }

    @Test
    void readsEveryFileOfTheSupportedFormatsOrSaysWhyNot() throws IOException {
        Path documents = TestData.shared("documents");
        Set<String> reasons = Set.of("CORRUPT_FILE", "ENCRYPTED_FILE", "UNSUPPORTED_TYPE");
        int read = 0;
        for (String format : List.of("pdf", "docx", "pptx", "xlsx", "odf", "html", "md", "email")) {
            try (Stream<Path> files = Files.list(documents.resolve(format + "/sources"))) {
                for (Path file : files.sorted().toList()) {
                    try {
                        parse(file);
                        read++;
                    } catch (Failure failure) {
                        System.out.printf("%s: %s %s%n", file.getFileName(), failure.reason(), failure.message());
                        assertThat(failure.reason()).as(file.toString()).isIn(reasons);
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(110);
    }

    @Test
    void readsTheStructureOfMarkdown() throws IOException {
        ParsedDocument parsed = parse(write("a.md", """
                Title
                =====

                First *paragraph*
                goes on.

                ## Part two ##

                - one
                - two

                | Plan | Cost |
                |------|-----:|
                | A    | 1    |

                ```java
                # not a heading
                ```
                """));
        assertThat(parsed.blocks())
                .extracting(Block::kind, Block::text)
                .containsExactly(
                        tuple(Block.Kind.HEADING, "Title"),
                        tuple(Block.Kind.PARAGRAPH, "First *paragraph*\ngoes on."),
                        tuple(Block.Kind.HEADING, "Part two"),
                        tuple(Block.Kind.LIST_ITEM, "- one"),
                        tuple(Block.Kind.LIST_ITEM, "- two"),
                        tuple(Block.Kind.TABLE_ROW, "Plan | Cost"),
                        tuple(Block.Kind.TABLE_ROW, "A | 1"),
                        tuple(Block.Kind.PREFORMATTED, "```java\n# not a heading\n```"));
    }

    @Test
    void readsHtmlWithoutItsScripts() throws IOException {
        ParsedDocument parsed = parse(write("a.html", """
                <html><head><title>T</title><style>p {}</style></head><body><script>alert(1)</script>
                <h2>Head</h2><p>One <b>bold</b> word.<br>Next line.</p><ul><li>item</li></ul>
                <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><p>2</p></td></tr></table></body></html>"""));
        assertThat(parsed.findings().title()).isEqualTo("T");
        assertThat(parsed.blocks())
                .extracting(block -> block.text().replaceAll("\\s+", " "))
                .containsExactly("Head", "One bold word. Next line.", "item", "a | b", "1 | 2");
    }

    @Test
    void decodesTextOfOtherCharsets() throws IOException {
        Path latin = Files.write(
                folder.resolve("latin.txt"),
                "Größe und Überfluß, schön für Äpfel.".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(parse(latin).blocks().getFirst().text()).startsWith("Größe und Überfluß");
        Path utf16 = Files.write(folder.resolve("utf16.txt"), "\uFEFFGröße".getBytes(StandardCharsets.UTF_16LE));
        assertThat(parse(utf16).blocks().getFirst().text()).isEqualTo("Größe");
    }

    @Test
    void believesThatATextIsOneWhereItsWordsAreTheMarkOfAnotherFormat() throws IOException {
        String words = "a".repeat(59) + " BOOKMOBI is the mark of an e-book there.";
        Path file = write("note", words);
        assertThat(PARSER.parse(file, "", "text/plain; charset=UTF-8")
                        .blocks()
                        .getFirst()
                        .text())
                .isEqualTo(words);
        assertThat(refusal(file).reason()).isEqualTo("UNSUPPORTED_TYPE");
    }

    @Test
    void refusesAnEncryptedPdf() throws IOException {
        Path file = folder.resolve("secret.pdf");
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            document.save(file.toFile());
        }
        assertThat(refusal(file).reason()).isEqualTo("ENCRYPTED_FILE");
    }

    @Test
    void refusesDamagedFiles() throws IOException {
        byte[] bytes = Files.readAllBytes(TestData.shared("documents/docx/sources/word_sample.docx"));
        Path docx = Files.write(folder.resolve("half.docx"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(refusal(docx).reason()).isIn("CORRUPT_FILE", "UNSUPPORTED_TYPE");
        assertThat(refusal(write("a.pdf", "%PDF-1.7 and then nonsense")).reason())
                .isEqualTo("CORRUPT_FILE");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        assertThat(refusal(Files.write(folder.resolve("a.bin"), new byte[] {1, 2, 3, 0, 5, 0, 7}))
                        .reason())
                .isEqualTo("UNSUPPORTED_TYPE");
        assertThat(refusal(Files.write(
                                folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}))
                        .reason())
                .isEqualTo("UNSUPPORTED_TYPE");
    }

    @Test
    @Timeout(60)
    void refusesAZipBombInADocx() throws IOException {
        Path file = folder.resolve("bomb.docx");
        docx(file, out -> {
            out.write(
                    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>"
                            .getBytes(StandardCharsets.UTF_8));
            byte[] zeros = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 300; i++) {
                out.write(zeros);
            }
            out.write("</w:t></w:r></w:p></w:body></w:document>".getBytes(StandardCharsets.UTF_8));
        });
        Failure refusal = refusal(file);
        assertThat(refusal.reason()).isEqualTo("ARCHIVE_BOMB");
        assertThat(refusal.message())
                .isEqualTo("the file unpacks to more than 512 MiB or 150 times its size, the limits");
    }

    @Test
    @Timeout(60)
    void refusesAnEntityInAnyOfficeFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "TOP-SECRET");
        String external = "<!DOCTYPE d [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";
        String bomb = "<!DOCTYPE d [<!ENTITY a \"" + "a".repeat(1000) + "\"><!ENTITY b \"" + "&a;".repeat(1000)
                + "\"><!ENTITY x \"" + "&b;".repeat(1000) + "\">]>";
        for (String doctype : List.of(external, bomb)) {
            Path docx = folder.resolve("entity.docx");
            docx(docx, document(doctype, "<w:p><w:r><w:t>&x; words</w:t></w:r></w:p>"));
            Path odt = folder.resolve("entity.odt");
            odt(odt, doctype, "&x; words");
            for (Path file : List.of(docx, odt)) {
                Failure refusal = refusal(file);
                assertThat(refusal.reason()).as("%s", file).isEqualTo("XML_DOCTYPE");
                assertThat(refusal.message()).containsAnyOf("'word/document.xml'", "'content.xml'");
            }
        }
    }

    @Test
    void findsADoctypeInEveryXmlPartAndEncoding() throws IOException {
        String sheet = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!-- a --><!DOCTYPE s SYSTEM"
                + " \"http://127.0.0.1:9/s.dtd\"><s/>";
        Path file = withPart(
                "documents/xlsx/sources/xlsx_01.xlsx", "xl/extra.XML", sheet.getBytes(StandardCharsets.UTF_16));
        assertThat(refusal(file).reason()).isEqualTo("XML_DOCTYPE");
    }

    @Test
    void leavesPicturesAndPagesInsideAFileTheirDoctype() throws IOException {
        for (String part : List.of("xl/media/logo.svg", "xl/page.html")) {
            Path file = withPart(
                    "documents/xlsx/sources/xlsx_01.xlsx",
                    part,
                    "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"\"><svg/>".getBytes(StandardCharsets.UTF_8));
            assertThat(parse(file).blocks()).as(part).isNotEmpty();
        }
    }

    @Test
    @Timeout(60)
    void saysThatAMailIsNestedTooDeeply() throws IOException {
        String parts = IntStream.range(0, 3_000)
                .mapToObj("Content-Type: multipart/mixed; boundary=b%1$d\r\n\r\n--b%1$d\r\n"::formatted)
                .collect(Collectors.joining());
        Failure refusal =
                refusal(write("nested.eml", "Subject: a\r\n" + parts + "Content-Type: text/plain\r\n\r\nwords"));
        assertThat(refusal.reason()).isEqualTo("ARCHIVE_BOMB");
        assertThat(refusal.message()).contains("nested too deeply");
    }

    @Test
    @Timeout(60)
    void saysThatXmlIsNestedTooDeeply() throws IOException {
        Path docx = folder.resolve("deep.docx");
        docx(docx, document("", "<w:sdt>".repeat(5_000) + "<w:p/>" + "</w:sdt>".repeat(5_000)));
        Path odt = folder.resolve("deep.odt");
        odt(odt, "", "<text:span>".repeat(5_000) + "core" + "</text:span>".repeat(5_000));
        for (Path file : List.of(docx, odt)) {
            assertThat(refusal(file).reason()).as("%s", file).isEqualTo("FILE_TOO_DEEP");
        }
    }

    @Test
    @Timeout(60)
    void survivesDeepNesting() throws IOException {
        Path file = write("deep.html", "<div>".repeat(200_000) + "core" + "</div>".repeat(200_000));
        try {
            parse(file);
        } catch (Failure failure) {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID_INPUT);
        }
    }

    @Test
    @Timeout(60)
    void isNotSlowedDownByLongLines() throws IOException {
        parse(write("a.md", "# " + " ".repeat(500_000) + "x\n" + "|-".repeat(200_000) + "x\n" + "a-".repeat(300_000)));
        parse(write("b.txt", "- ".repeat(500_000)));
    }

    @Test
    void refusesMoreTextThanTheLimit() throws IOException {
        ParserWorkers parser = new ParserWorkers(config(Duration.ofSeconds(30), 1_000));
        Path text = write("long.txt", "word ".repeat(500));
        Path html = write("long.html", "<html><body><p>" + "word ".repeat(500) + "</p></body></html>");
        for (Path file : List.of(text, html)) {
            Failure failure = catchThrowableOfType(
                    Failure.class, () -> parser.parse(file, file.getFileName().toString(), ""));
            assertThat(failure.reason()).as(file.toString()).isEqualTo("TEXT_TOO_LONG");
        }
        parser.stop();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static ParsedDocument parse(Path file) {
        return PARSER.parse(file, file.getFileName().toString(), "");
    }

    private static Failure refusal(Path file) {
        Failure failure = catchThrowableOfType(Failure.class, () -> parse(file));
        assertThat(failure).as("%s was parsed", file).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID_INPUT);
        return failure;
    }

    private static List<String> headings(ParsedDocument parsed) {
        return parsed.blocks().stream()
                .filter(block -> block.kind() == Block.Kind.HEADING)
                .map(block -> block.text().strip())
                .toList();
    }

    /** A copy of a real file with one part more. */
    private Path withPart(String source, String name, byte[] content) throws IOException {
        Path file = folder.resolve("more-" + Path.of(source).getFileName());
        String override = "<Override PartName=\"/" + name + "\" ContentType=\"application/x\"/></Types>";
        try (ZipFile from = new ZipFile(TestData.shared(source).toFile());
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("[Content_Types].xml")) {
                    bytes = new String(bytes, StandardCharsets.UTF_8)
                            .replace("</Types>", override)
                            .getBytes(StandardCharsets.UTF_8);
                }
                put(zip, entry.getName(), bytes);
            }
            put(zip, name, content);
        }
        return file;
    }

    private static void odt(Path file, String doctype, String paragraph) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "mimetype", "application/vnd.oasis.opendocument.text".getBytes(StandardCharsets.UTF_8));
            put(
                    zip,
                    "content.xml",
                    (doctype
                                    + "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                                    + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text><text:p>"
                                    + paragraph
                                    + "</text:p></office:text></office:body></office:document-content>")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static Part document(String doctype, String body) {
        return out -> out.write((doctype
                        + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                        + body + "</w:body></w:document>")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void docx(Path file, Part document) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument"
                            + ".wordprocessingml.document.main+xml\"/></Types>")
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(
                    ("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\""
                                    + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""
                                    + " Target=\"word/document.xml\"/></Relationships>")
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            document.write(zip);
            zip.closeEntry();
        }
    }

    @FunctionalInterface
    private interface Part {
        void write(OutputStream out) throws IOException;
    }

    private static ParserConfig config(Duration timeout, int maxCharacters) {
        return TestConfigs.of(
                ParserConfig.class,
                Map.of(
                        "quintet.ingest.parser.timeout",
                        timeout.toString(),
                        "quintet.ingest.parser.max-text-characters",
                        Integer.toString(maxCharacters)));
    }
}
