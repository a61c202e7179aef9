package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DrafterChoiceTest {
    private final DrafterChoice choice = new DrafterChoice(PlanRequests.CATALOGUE);
    private final PlanRequests llama = PlanRequests.of("llama-3.1-8b", "h100");

    @Test
    void looksNgramsUpUnlessToldOtherwise() {
        assertThat(choose("auto").argument())
                .isEqualTo(
                        "{\"method\":\"ngram\",\"num_speculative_tokens\":4,\"prompt_lookup_min\":2,\"prompt_lookup_max\":5}");
        assertThat(choose("none").argument()).isEmpty();
    }

    @Test
    void takesTheKnownHeadOrTheNamedOne() {
        assertThat(choose("eagle").argument())
                .isEqualTo(
                        "{\"method\":\"eagle3\",\"model\":\"yuhuili/EAGLE3-LLaMA3.1-Instruct-8B\",\"num_speculative_tokens\":3}");
        assertThat(choose("eagle=team/head").argument()).contains("\"model\":\"team/head\"");
        assertThatThrownBy(() -> choice.choose(
                        PlanRequests.of("phi-4", "h100").speculation("eagle").request()))
                .hasMessageContaining("No EAGLE head of microsoft/phi-4 is known");
    }

    @Test
    void aDraftModelTakesItsPartOfTheMemory() {
        Drafter draft = choose("draft=llama-3.2-1b");
        assertThat(draft.argument())
                .contains("\"method\":\"draft_model\",\"model\":\"meta-llama/Llama-3.2-1B-Instruct\"");
        assertThat(draft.weightBytes(1)).isEqualTo(1_235_814_400L * 2);
        Plan with = llama.concurrency(16).speculation("draft=llama-3.2-1b").plan();
        Plan without = llama.concurrency(16).speculation("none").plan();
        assertThat(with.best().memory().draft()).isEqualTo(1_235_814_400L * 2);
        assertThat(with.best().sequencesOfLongest()).isLessThan(without.best().sequencesOfLongest());
    }

    @Test
    void refusesAnotherVocabularyAndWhatItDoesNotKnow() {
        assertThatThrownBy(() -> choice.choose(PlanRequests.of("qwen2.5-7b", "h100")
                        .speculation("draft=qwen2.5-0.5b")
                        .request()))
                .hasMessageContaining("knows 151,936 tokens, the model 152,064");
        assertThatThrownBy(() -> choose("medusa"))
                .hasMessageContaining("--speculative is medusa, must be auto, none, ngram");
        assertThatThrownBy(() -> choose("eagle=a\"b")).hasMessageContaining("must be letters");
    }

    private Drafter choose(String words) {
        return choice.choose(llama.speculation(words).request());
    }
}
