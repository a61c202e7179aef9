package quintet.retrieve.adapter.lucene;

import java.nio.file.Path;
import java.util.Map;
import quintet.retrieve.port.PassageWords;

/** The words of passages as the service counts them, without its container. */
public final class WordsFixture {
    private WordsFixture() {}

    public static PassageWords words() {
        return new LucenePassageWords(LuceneFixture.config(Path.of("unused"), Map.of()));
    }
}
