package quintet.retrieve.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.parts;
import static quintet.retrieve.Samples.ref;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.VersionRef;

class FilePartStagingTest {
    @TempDir
    Path folder;

    private FilePartStaging staging;

    @BeforeEach
    void open() {
        staging = new FilePartStaging(() -> folder.resolve("staging"));
    }

    private static List<DocumentPart> twoParts(String id, long version) {
        return parts(ref(id, version), info("f", Map.of("k", "ä€🙂")), MODEL, 1, "eins", "zwei");
    }

    @Test
    void returnsAVersionOnceItIsWhole() {
        List<DocumentPart> parts = twoParts("a", 1);
        staging.stage(parts.get(1));
        assertThat(staging.whole(ref("a", 1))).isEmpty();
        staging.stage(parts.get(0));
        staging.stage(parts.get(0));
        Iterable<DocumentPart> whole = staging.whole(ref("a", 1)).orElseThrow();
        assertThat(whole).containsExactlyElementsOf(parts);
        assertThat(whole).as("read again").containsExactlyElementsOf(parts);
        assertThat(staging.depth()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "...", "a/b", "A", "a", "-", "_", "con", "CON"})
    void staysInsideItsFolderWhateverTheId(String id) {
        if (id.contains("/")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> ref(id, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        twoParts(id, 3).forEach(staging::stage);
        assertThat(staging.staged()).containsExactly(ref(id, 3));
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("staging"));
        staging.discard(ref(id, 3));
        assertThat(staging.staged()).isEmpty();
        assertThat(folder.resolve("staging/test")).isEmptyDirectory();
    }

    @Test
    void keepsIdsApartThatDifferInCaseAlone() {
        staging.stage(twoParts("readme", 1).get(0));
        staging.stage(twoParts("README", 1).get(1));
        assertThat(staging.whole(ref("readme", 1))).isEmpty();
        assertThat(staging.staged()).containsExactlyInAnyOrder(ref("readme", 1), ref("README", 1));
    }

    @Test
    void takesTheLongestId() {
        VersionRef ref = ref("z".repeat(128), Long.MAX_VALUE / 10);
        parts(ref, info("f", Map.of()), MODEL, 1, "one").forEach(staging::stage);
        assertThat(staging.staged()).containsExactly(ref);
    }

    @Test
    void discardsUpToAVersion() {
        staging.stage(twoParts("a", 1).get(0));
        staging.stage(twoParts("a", 2).get(0));
        staging.stage(twoParts("a", 3).get(0));
        staging.discard(ref("a", 2));
        assertThat(staging.staged()).containsExactly(ref("a", 3));
        staging.discard(ref("never-seen", 2));
    }

    @Test
    void ignoresWhatACrashLeftUnfinished() throws IOException {
        staging.stage(twoParts("a", 1).get(0));
        Path part = Files.walk(folder).filter(Files::isRegularFile).findFirst().orElseThrow();
        Files.copy(part, part.resolveSibling("unfinished.tmp"));
        assertThat(staging.whole(ref("a", 1))).isEmpty();
        staging.discard(ref("a", 1));
        assertThat(Files.walk(folder).filter(Files::isRegularFile)).isEmpty();
    }
}
