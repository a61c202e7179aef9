package quintet.modelserver.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.modelserver.model.ChatMessage;
import quintet.modelserver.model.TokenBatch;
import quintet.modelserver.model.Tokens;

/** What every {@link LanguageModel} must do. Implemented by {@code ScriptedModelTest} and {@code LlamaModelTest}. */
public interface LanguageModelContract {
    /** Returns a model with an empty cache, 3 or more sequences, bytes as tokens; closed by whoever made it. */
    LanguageModel model();

    @Test
    default void tokensStandForTheTextTheyCameFrom() {
        LanguageModel model = model();
        String text = "Grüße, 東京! 🙂";
        Tokens tokens = model.tokenize(text, false, false);
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            bytes.append(new String(model.piece(tokens.get(i)), StandardCharsets.ISO_8859_1));
        }
        String back = new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        assertThat(back).isEqualTo(text);
        assertThat(model.tokenize(text, true, false).size()).isEqualTo(tokens.size() + 1);
        assertThat(model.tokenize("", false, false).size()).isZero();
    }

    @Test
    default void aConversationEndsWhereItsAnswerBegins() {
        String prompt =
                model().prompt(List.of(new ChatMessage("system", "Be brief."), new ChatMessage("user", "Why?")));
        assertThat(prompt).contains("Be brief.", "Why?");
        assertThat(prompt.toLowerCase(java.util.Locale.ROOT)).contains("assistant");
    }

    @Test
    default void logitsDoNotDependOnTheRestOfTheBatch() {
        LanguageModel model = model();
        Tokens text = model.tokenize("the same text", true, false);
        float[] alone = logits(model, text, 0, 0);
        model.forget(0, 0);
        Tokens other = model.tokenize("another", true, false);
        TokenBatch batch = new TokenBatch(model.batchTokens());
        add(batch, other, 0, other.size(), 1);
        add(batch, text, 0, text.size(), 2);
        assertThat(model.decode(batch)).isTrue();
        assertThat(read(model, batch.size() - 1)).containsExactly(alone, within(1e-3f));
    }

    @Test
    default void aSequenceGoesOnFromWhatIsKept() {
        LanguageModel model = model();
        Tokens text = model.tokenize("one two three", true, false);
        float[] whole = logits(model, text, 0, 0);
        model.forget(0, 4);
        assertThat(logits(model, text, 4, 0)).containsExactly(whole, within(1e-3f));
    }

    @Test
    default void aSharedBeginningIsAsGoodAsAComputedOne() {
        LanguageModel model = model();
        Tokens text = model.tokenize("instructions, question", true, false);
        float[] computed = logits(model, text, 0, 0);
        model.share(0, 1, 10);
        model.forget(0, 0);
        assertThat(logits(model, text, 10, 1)).containsExactly(computed, within(1e-3f));
    }

    @Test
    default void onlyWantedLogitsCanBeRead() {
        LanguageModel model = model();
        logits(model, model.tokenize("abc", true, false), 0, 0);
        assertThatThrownBy(() -> read(model, 0)).isInstanceOf(RuntimeException.class);
    }

    private static float[] logits(LanguageModel model, Tokens text, int from, int sequence) {
        TokenBatch batch = new TokenBatch(model.batchTokens());
        add(batch, text, from, text.size(), sequence);
        assertThat(model.decode(batch)).isTrue();
        return read(model, batch.size() - 1);
    }

    private static void add(TokenBatch batch, Tokens text, int from, int to, int sequence) {
        for (int i = from; i < to; i++) {
            batch.add(text.get(i), i, sequence, i == to - 1);
        }
    }

    private static float[] read(LanguageModel model, int index) {
        float[] row = new float[model.ref().vocabularySize()];
        model.logits(index, row);
        return row;
    }
}
