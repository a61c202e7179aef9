package quintet.retrieve.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.port.Generations;
import quintet.retrieve.port.GenerationsContract;

class FileGenerationsTest implements GenerationsContract {
    @TempDir
    Path folder;

    private Generations generations;

    @BeforeEach
    void open() {
        generations = reopened();
    }

    @Override
    public Generations generations() {
        return generations;
    }

    @Override
    public Generations reopened() {
        return new FileGenerations(folder.resolve("index"));
    }

    @Test
    void aHalfWrittenFileOfAProcessThatWasKilledIsPassedOver() throws IOException {
        var _ = generations.choose(new ChosenGeneration(new CollectionName("book~2"), 1));
        Files.writeString(folder.resolve("index/generations.tmp"), "book~3");
        assertThat(reopened().resolve(new CollectionName("book"))).isEqualTo(new CollectionName("book~2"));
        assertThat(reopened()
                        .choose(new ChosenGeneration(new CollectionName("book~4"), 2))
                        .revision())
                .isEqualTo(2);
        assertThat(Files.readString(folder.resolve("index/generations"))).isEqualTo("book~4 2\n");
    }

    @Test
    void searchesAreRefusedAndNotSentAstrayWhileTheFileCanNotBeRead() throws IOException {
        Files.createDirectories(folder.resolve("index"));
        Files.writeString(folder.resolve("index/generations"), "no such line");
        assertThatThrownBy(() -> reopened().resolve(new CollectionName("book")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("INDEX_UNREADABLE"));
    }

    @Test
    void aChoiceThatIsNotDurableIsNone() throws IOException {
        Files.writeString(folder.resolve("index"), "a file where the folder should be");
        assertThatThrownBy(() -> generations.choose(new ChosenGeneration(new CollectionName("book~2"), 1)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("INDEX_UNWRITABLE"));
        assertThat(generations.resolve(new CollectionName("book"))).isEqualTo(new CollectionName("book"));
    }
}
