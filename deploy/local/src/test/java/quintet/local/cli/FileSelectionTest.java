package quintet.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSelectionTest {
    @TempDir
    Path folder;

    @Test
    void findsFilesInFoldersButNotHiddenOnes() throws IOException {
        file("a.pdf");
        file("sub/b.pdf");
        file(".hidden");
        file(".git/config");

        assertThat(FileSelection.select(List.of(folder)).values())
                .containsExactly(folder.resolve("a.pdf"), folder.resolve("sub/b.pdf"));
    }

    @Test
    void givesAFileTheSameIdAloneAndInItsFolder() throws IOException {
        Path file = file("a.pdf");

        assertThat(FileSelection.select(List.of(file)).keySet()).containsExactly("a.pdf");
        assertThat(FileSelection.select(List.of(folder)).keySet()).containsExactly("a.pdf");
    }

    @Test
    void makesIdsThatAreValidAndDiffer() {
        String spaced = FileSelection.id(Path.of("Überblick 2026 (final).pdf"));
        String nested = FileSelection.id(Path.of("sub/b.pdf"));

        assertThat(List.of(spaced, nested, FileSelection.id(Path.of("x".repeat(300)))))
                .allMatch(id -> id.matches("[A-Za-z0-9._-]{1,128}"))
                .doesNotHaveDuplicates();
        assertThat(nested).isNotEqualTo(FileSelection.id(Path.of("sub-b.pdf"))).startsWith("sub-b.pdf-");
        assertThat(FileSelection.id(Path.of("sub/b.pdf"))).isEqualTo(nested);
    }

    @Test
    void refusesTwoFilesThatWouldBeOneDocument() throws IOException {
        file("one/a.pdf");
        file("two/a.pdf");

        assertThatThrownBy(() -> FileSelection.select(List.of(folder.resolve("one"), folder.resolve("two"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would be the same document, a.pdf");
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
