package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.generate.model.Message;
import quintet.generate.model.Message.Speaker;

class PromptPriceTest {
    private final PromptPrice price = new PromptPrice();

    @Test
    void guessesByScript() {
        assertThat(price.of(prompt("a".repeat(400)))).isEqualTo(104);
        assertThat(price.of(prompt("д".repeat(400)))).isEqualTo(204);
        assertThat(price.of(prompt("日".repeat(400)))).isEqualTo(404);
        assertThat(price.of(List.of())).isEqualTo(1);
    }

    @Test
    void learnsFromWhatServersCount() {
        List<Message> prompt = prompt("a".repeat(3984));
        for (int i = 0; i < 100; i++) {
            price.counted(prompt, 1_500);
        }
        assertThat(price.of(prompt)).isBetween(1_490L, 1_510L);
        price.counted(prompt, 0);
        assertThat(price.of(prompt)).isBetween(1_490L, 1_510L);
    }

    @Test
    void isNotLedAstrayByNonsense() {
        List<Message> prompt = prompt("a".repeat(3984));
        for (int i = 0; i < 100; i++) {
            price.counted(prompt, Integer.MAX_VALUE);
        }
        assertThat(price.of(prompt)).isLessThanOrEqualTo(4_000);
    }

    @Test
    void promptsThatBeginAlikeHaveTheSameKey() {
        Message system = new Message(Speaker.SYSTEM, "Answer.");
        String passage = "p".repeat(600);
        long key = Hashing.prefix(List.of(system, new Message(Speaker.USER, passage + "Question: a")));
        assertThat(Hashing.prefix(List.of(system, new Message(Speaker.USER, passage + "Question: b"))))
                .isEqualTo(key);
        assertThat(Hashing.prefix(List.of(system, new Message(Speaker.USER, "q" + passage))))
                .isNotEqualTo(key);
        assertThat(Hashing.prefix(List.of(
                        new Message(Speaker.SYSTEM, "Answer!"), new Message(Speaker.USER, passage + "Question: a"))))
                .isNotEqualTo(key);
    }

    private static List<Message> prompt(String text) {
        return List.of(new Message(Speaker.USER, text));
    }
}
