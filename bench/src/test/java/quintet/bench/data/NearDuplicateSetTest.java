package quintet.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearDuplicateSetTest {
    @Test
    void readsArticlesAndPairs(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("few.train"), "t1 One text.\nt2 Another text.\n\n");
        Files.writeString(folder.resolve("few.truth"), "t2  t1 \n\n");
        NearDuplicateSet set = NearDuplicateSet.read(folder, "few");
        assertThat(set.articles())
                .containsExactly(
                        new NearDuplicateSet.Article("t1", "One text."),
                        new NearDuplicateSet.Article("t2", "Another text."));
        assertThat(set.pairs()).containsExactly(Set.of("t1", "t2"));
    }
}
