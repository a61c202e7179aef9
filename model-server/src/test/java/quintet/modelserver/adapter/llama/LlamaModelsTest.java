package quintet.modelserver.adapter.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.modelserver.gguf.RandomModel;
import quintet.modelserver.port.LanguageModel;
import quintet.modelserver.port.ModelUnusableException;
import quintet.modelserver.port.Models;

/** Every way in which a file can be no model gets its own sentence. */
class LlamaModelsTest {
    @Test
    void namesAnArchitectureThatTheLibraryDoesNotKnow() {
        refused(
                Llama.file(RandomModel.tiny(1).withArchitecture("qwen99")),
                "architecture \"qwen99\"",
                "--llama-library");
    }

    @Test
    void namesAMissingFile() {
        refused(Path.of("/no/such/model.gguf"), "there is no file /no/such/model.gguf");
    }

    @Test
    void tellsAFolderFromAFile() {
        refused(Path.of("/"), "is a folder, must be a GGUF file");
    }

    @Test
    void tellsAnotherKindOfFile() {
        refused(Llama.file("text.gguf", "Once upon a time".getBytes(StandardCharsets.UTF_8)), "is no GGUF file");
        refused(Llama.file("empty.gguf", new byte[0]), "is no GGUF file", "0 bytes");
    }

    @Test
    void tellsAFileThatWasCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(Llama.file(RandomModel.tiny(1)));
        refused(Llama.file("header.gguf", Arrays.copyOf(whole, 100)), "is damaged");
        refused(Llama.file("tensors.gguf", Arrays.copyOf(whole, whole.length / 2)), "can't be loaded", "bounds");
    }

    @Test
    void takesADraftWithTheSameVocabulary() {
        Path target = Llama.file(RandomModel.tiny(1));
        Path draft = Llama.file(RandomModel.tiny(2));
        Models models = Llama.models(target, draft, 512, 2, 64);
        try (LanguageModel model = models.load();
                LanguageModel _ = models.loadDraft(model).orElseThrow()) {
            assertThat(model.sequences()).isEqualTo(2);
        }
    }

    @Test
    void explainsWithWhatTheLibrarySaid() {
        var header = new quintet.modelserver.gguf.GgufHeader(3, "llama", "");
        assertThat(LlamaModels.whyNot(Path.of("m.gguf"), header, List.of("first", "second")))
                .contains("m.gguf", "\"llama\"", "first; second");
        assertThat(LlamaModels.whyNot(Path.of("m.gguf"), header, List.of())).contains("does not say why");
    }

    private static void refused(Path file, String... parts) {
        assertThatThrownBy(() -> Llama.models(file, 512, 2, 64).load())
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContainingAll(parts);
    }
}
