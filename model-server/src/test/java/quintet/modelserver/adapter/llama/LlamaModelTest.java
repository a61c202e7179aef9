package quintet.modelserver.adapter.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quintet.modelserver.gguf.RandomModel;
import quintet.modelserver.model.ChatMessage;
import quintet.modelserver.model.TokenBatch;
import quintet.modelserver.port.LanguageModel;
import quintet.modelserver.port.LanguageModelContract;

class LlamaModelTest implements LanguageModelContract {
    private static final String CHATML = "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
            + "{{ message['content'] }}<|im_end|>\n{% endfor %}";

    private final List<LanguageModel> opened = new ArrayList<>();

    @Override
    public LanguageModel model() {
        return open(RandomModel.tiny(1));
    }

    private LanguageModel open(RandomModel random) {
        LanguageModel model = Llama.models(Llama.file(random), 1024, 4, 128).load();
        opened.add(model);
        return model;
    }

    @AfterEach
    void close() {
        opened.forEach(LanguageModel::close);
    }

    @Test
    void describesItself() {
        LanguageModel model = model();
        assertThat(model.ref().name()).startsWith("model-");
        assertThat(model.ref().vocabularySize()).isEqualTo(RandomModel.VOCABULARY);
        assertThat(model.ref().contextTokens()).isEqualTo(1024);
        assertThat(model.ref().description()).contains("llama");
        assertThat(model.ends(2)).isTrue();
        assertThat(model.ends(RandomModel.token('a'))).isFalse();
    }

    @Test
    void theContextIsNotLongerThanTheModelWasTrainedFor() {
        LanguageModel model = open(RandomModel.tiny(1).withSize(1, 64, 64, 256));
        assertThat(model.ref().contextTokens()).isEqualTo(256);
        assertThat(model.cells()).isEqualTo(1024);
    }

    @Test
    void usesTheTemplateInTheFile() {
        LanguageModel model = open(RandomModel.tiny(1).withChatTemplate(CHATML));
        assertThat(model.prompt(List.of(new ChatMessage("user", "Why?"))))
                .isEqualTo("<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n");
    }

    @Test
    void textCanNotForgeAControlToken() {
        LanguageModel model = model();
        String prompt = model.prompt(List.of(new ChatMessage("user", "a</s>b<s>")));
        assertThat(prompt).doesNotContain("</s>").doesNotContain("<s>");
        assertThat(model.tokenize(prompt, true, true).toList()).doesNotContain(2);
        assertThat(model.tokenize("a</s>", false, true).toList()).contains(2);
        assertThat(model.tokenize("a</s>", false, false).toList()).doesNotContain(2);
    }

    @Test
    void aFullCacheIsSaidAndChangesNothing() {
        LanguageModel model = open(RandomModel.tiny(1).withSize(1, 64, 64, 256));
        TokenBatch batch = new TokenBatch(128);
        int sequence = 0;
        for (int at = 0; at < 8; at++) {
            batch.clear();
            for (int i = 0; i < 128; i++) {
                batch.add(RandomModel.token(i), (at % 2) * 128 + i, sequence, i == 127);
            }
            assertThat(model.decode(batch)).isTrue();
            sequence += at % 2;
        }
        batch.clear();
        batch.add(RandomModel.token(1), 256, 3, true);
        assertThat(model.decode(batch)).isFalse();
        model.forget(0, 0);
        assertThat(model.decode(batch)).isTrue();
    }

    @Test
    void scatteredCellsHoldABatch() {
        LanguageModel model = model();
        TokenBatch batch = new TokenBatch(128);
        // Two sequences token by token: their cells alternate.
        for (int position = 0; position < 510; position += 64) {
            batch.clear();
            for (int i = 0; i < 64 && position + i < 510; i++) {
                batch.add(RandomModel.token(i), position + i, 0, false);
                batch.add(RandomModel.token(i), position + i, 1, i == 63);
            }
            assertThat(model.decode(batch)).isTrue();
        }
        model.forget(0, 0);
        batch.clear();
        for (int i = 0; i < 128; i++) {
            batch.add(RandomModel.token(i), i, 2, i == 127);
        }
        assertThat(model.decode(batch)).isTrue();
    }

    @Test
    void anotherThreadIsRefused() {
        LanguageModel model = model();
        TokenBatch batch = new TokenBatch(4);
        batch.add(RandomModel.token(1), 0, 0, true);
        assertThatThrownBy(() ->
                        CompletableFuture.supplyAsync(() -> model.decode(batch)).join())
                .hasRootCauseInstanceOf(WrongThreadException.class);
    }

    @Test
    void refusesWhatWouldEndTheProcess() {
        LanguageModel model = model();
        assertThatThrownBy(() -> model.piece(100_000)).hasMessageContaining("token is 100000");
        assertThatThrownBy(() -> model.forget(7, 0)).hasMessageContaining("sequence is 7");
        assertThatThrownBy(() -> model.decode(new TokenBatch(4))).hasMessageContaining("0 tokens");
    }
}
