package quintet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogTest {
    @TempDir
    Path folder;

    @Test
    void keepsNoMoreThanTwoFilesOfBoundedSize() throws Exception {
        Path file = folder.resolve("a.log");
        try (RotatingLog log = new RotatingLog(file, 100)) {
            for (int i = 0; i < 1_000; i++) {
                byte[] line = ("line " + i + "\n").getBytes();
                log.write(line, line.length);
            }
        }

        try (var files = Files.list(folder)) {
            assertThat(files.mapToLong(path -> path.toFile().length()))
                    .hasSize(2)
                    .allMatch(size -> size < 120);
        }
        assertThat(LogTail.read(RotatingLog.previous(file), 1)).allMatch(line -> line.startsWith("line 9"));
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        Path file = folder.resolve("a.log");
        for (String line : new String[] {"one\n", "two\n"}) {
            try (RotatingLog log = new RotatingLog(file)) {
                log.write(line.getBytes(), line.length());
            }
        }

        assertThat(LogTail.read(file, 5)).containsExactly("one", "two");
        assertThat(LogTail.read(file, 1)).containsExactly("two");
    }

    @Test
    void showsStructuredLinesToPeople() {
        assertThat(LogLine.forPeople(
                        "{\"timestamp\":\"2026-11-24T00:00:00Z\",\"level\":\"ERROR\",\"loggerName\":\"quintet.a.B\","
                                + "\"message\":\"it broke\",\"mdc\":{\"traceId\":\"abc\"}}"))
                .endsWith("ERROR B it broke [abc]");
        assertThat(LogLine.forPeople("plain")).isEqualTo("plain");
        assertThat(LogLine.forPeople("{half")).isEqualTo("{half");
    }
}
