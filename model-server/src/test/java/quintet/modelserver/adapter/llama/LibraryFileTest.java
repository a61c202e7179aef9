package quintet.modelserver.adapter.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.modelserver.port.ModelUnusableException;

class LibraryFileTest {
    @TempDir
    Path folder;

    @Test
    void unpacksTheShippedOneOnce() throws IOException {
        Path file = LibraryFile.find(Optional.empty(), folder);
        assertThat(Files.size(file)).isGreaterThan(1_000_000);
        var before = Files.getLastModifiedTime(file);
        assertThat(LibraryFile.find(Optional.empty(), folder)).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    }

    @Test
    void shipsForLinuxAndMac() {
        assertThat(LibraryFile.resource("Linux", "amd64")).contains("Linux/x86_64");
        assertThat(LibraryFile.resource("Linux", "aarch64")).contains("Linux/aarch64");
        assertThat(LibraryFile.resource("Mac OS X", "aarch64")).contains("Mac/aarch64");
    }

    @Test
    void saysWhatToDoOnOtherPlatforms() {
        assertThatThrownBy(() -> LibraryFile.resource("Linux", "riscv64"))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContainingAll("Linux on riscv64", "--llama-library", "--model-server");
    }

    @Test
    void aLibraryOfOnesOwnMustBeThere() {
        assertThatThrownBy(() -> LibraryFile.find(Optional.of(Path.of("/no/libllama.so")), folder))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("/no/libllama.so can't be read");
    }

    @Test
    void whatIsNoLibraryGetsASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("libllama.so"), "text");
        assertThatThrownBy(() -> LlamaLibrary.load(file, new NativeLog()))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("can't be loaded");
    }

    @Test
    void aLibraryOfSomethingElseGetsASentence() {
        Path file = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
        assertThatThrownBy(() -> LlamaLibrary.load(file, new NativeLog()))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("is no llama.cpp, or of another version");
    }

    @Test
    void looksForOpenMpWhereLibrariesLie() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("x86_64-linux-gnu"));
        assertThat(LoadProblem.isInstalled("libgomp.so.1", List.of(folder, folder.resolve("absent"))))
                .isFalse();
        Files.createFile(sub.resolve("libgomp.so.1"));
        assertThat(LoadProblem.isInstalled("libgomp.so.1", List.of(folder))).isTrue();
    }
}
