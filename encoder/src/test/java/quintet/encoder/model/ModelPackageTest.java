package quintet.encoder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.tokenizer.HuggingFaceTokenizer;
import quintet.encoder.tokenizer.TinyTokenizers;
import quintet.encoder.tokenizer.WordPieceTokenizer;

class ModelPackageTest {
    @TempDir
    private Path folder;

    @Test
    void readsATokenizerOfAnyKind() throws IOException {
        assertThat(ModelPackage.ofResources("models/bge-small-en-v1.5-q").tokenizer())
                .isInstanceOf(WordPieceTokenizer.class);
        Files.writeString(folder.resolve("tokenizer.json"), TinyTokenizers.unigram());
        assertThat(ModelPackage.ofFolder(folder).tokenizer()).isInstanceOf(HuggingFaceTokenizer.class);
    }

    @Test
    void saysWhichTokenizerItCanNotUse() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> ModelPackage.ofFolder(folder).tokenizer())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("could not use " + folder.resolve("tokenizer.json") + ": Hugging Face's library");
    }
}
