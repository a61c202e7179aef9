package quintet.ingest.adapter.tika;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.ingest.TestData;
import quintet.ingest.model.CleanText;
import quintet.ingest.pipeline.cleaning.TextCleaner;

/** Real files from bytes to cleaned text, against golden files; {@code -Dgolden.update} rewrites them. */
class CleanTextGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/CleanText");
    private static final FileParser PARSER = new FileParser(10_000_000);

    @ParameterizedTest
    @CsvSource({
        "hr-handbook/PerksPlus.pdf",
        "documents/docx/sources/word_sample.docx",
        "documents/html/sources/example_03.html",
        "documents/email/sources/eml_with_attachment.eml",
        "documents/xlsx/sources/xlsx_01.xlsx"
    })
    void isWhatItWas(String name) throws IOException {
        Path file = TestData.shared(name);
        CleanText clean = TextCleaner.clean(
                PARSER.parse(file, file.getFileName().toString(), "").blocks());
        String actual = clean.blocks().stream()
                .map(block -> "%s%s p%d: %s\n"
                        .formatted(
                                block.kind(),
                                block.level() == 0 ? "" : block.level(),
                                clean.pageAt(block.start()),
                                clean.textOf(block)))
                .collect(Collectors.joining());
        Path golden = GOLDEN.resolve(file.getFileName() + ".txt");
        if (System.getProperty("golden.update") != null) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
