package quintet.generate.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Asker;
import quintet.generate.model.Completion;
import quintet.generate.model.Deadline;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Message;
import quintet.generate.model.Priority;
import quintet.generate.model.Usage;
import quintet.generate.port.ChatModel;

class CachingChatModelTest {
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final int BYTES = 2_000;

    private final AtomicLong now = new AtomicLong();
    private final List<String> asked = new ArrayList<>();
    private FinishReason reason = FinishReason.STOP;
    private boolean busy;

    private final ChatModel model = CachingChatModel.of(new Model(), new AnswerCache(BYTES, TTL, now::get));

    private final class Model implements ChatModel {
        @Override
        public AnswerMode mode() {
            return AnswerMode.GENERATIVE;
        }

        @Override
        public boolean configured() {
            return true;
        }

        @Override
        public String name() {
            return "llama";
        }

        @Override
        public Optional<Failure> refusal(Task task) {
            return busy
                    ? Optional.of(Failure.overloaded("MODEL_SERVER_OVERLOADED", "busy", Duration.ofSeconds(1)))
                    : Optional.empty();
        }

        @Override
        public Multi<Completion> complete(Task task) {
            asked.add(task.prompt().getFirst().content());
            return Multi.createFrom()
                    .items(
                            new Completion.Delta("answer "),
                            new Completion.Delta(String.valueOf(asked.size())),
                            new Completion.Finished(reason, new Usage(7, 2)));
        }
    }

    private static ChatModel.Task task(String tenant, String prompt) {
        return new ChatModel.Task(
                "?",
                List.of(),
                List.of(new Message(Message.Speaker.USER, prompt)),
                new Asker(tenant, Priority.INTERACTIVE),
                Deadline.after(Duration.ofSeconds(30)));
    }

    private String answer(String tenant, String prompt) {
        StringBuilder text = new StringBuilder();
        model.complete(task(tenant, prompt))
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(5))
                .forEach(piece -> {
                    switch (piece) {
                        case Completion.Delta(String delta) -> text.append(delta);
                        case Completion.Finished finished -> text.append(finished.cached() ? ", cached" : "");
                    }
                });
        return text.toString();
    }

    @Test
    void answersTheSamePromptOnce() {
        assertThat(answer("acme", "passages, question")).isEqualTo("answer 1");
        assertThat(answer("acme", "passages, question")).isEqualTo("answer 1, cached");
        assertThat(answer("acme", "passages, another question")).isEqualTo("answer 2");
        assertThat(answer("acme", "other passages, question")).isEqualTo("answer 3");
        assertThat(asked).hasSize(3);
    }

    @Test
    void sharesNothingBetweenTenants() {
        assertThat(answer("acme", "p")).isEqualTo("answer 1");
        assertThat(answer("globex", "p")).isEqualTo("answer 2");
    }

    @Test
    void keepsNothingThatWasCutOrCancelled() {
        reason = FinishReason.LENGTH;
        assertThat(answer("acme", "p")).isEqualTo("answer 1");
        assertThat(answer("acme", "p")).isEqualTo("answer 2");
        reason = FinishReason.STOP;
        model.complete(task("acme", "p"))
                .select()
                .first(2)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(5));
        assertThat(answer("acme", "p")).isEqualTo("answer 4");
    }

    @Test
    void writesAnewWhenTheTimeIsOver() {
        assertThat(answer("acme", "p")).isEqualTo("answer 1");
        now.addAndGet(TTL.toNanos() - 1);
        assertThat(answer("acme", "p")).isEqualTo("answer 1, cached");
        now.incrementAndGet();
        assertThat(answer("acme", "p")).isEqualTo("answer 2");
    }

    @Test
    void givesUpTheLeastRecentlyUsed() {
        int fit = BYTES / 272;
        for (int i = 0; i < fit; i++) {
            assertThat(answer("acme", "p" + i)).doesNotContain("cached");
        }
        assertThat(answer("acme", "p0")).contains("cached");
        assertThat(answer("acme", "new")).doesNotContain("cached");
        assertThat(answer("acme", "p0")).contains("cached");
        assertThat(answer("acme", "p1")).doesNotContain("cached");
    }

    @Test
    void answersFromTheCacheHoweverBusyTheServersAre() {
        assertThat(answer("acme", "p")).isEqualTo("answer 1");
        busy = true;
        assertThat(model.refusal(task("acme", "p"))).isEmpty();
        assertThat(model.refusal(task("acme", "other"))).isPresent();
    }

    @Test
    void twoTextsAreNotTakenForOtherTwo() {
        ChatModel.Task one = new ChatModel.Task(
                "?",
                List.of(),
                List.of(new Message(Message.Speaker.USER, "ab"), new Message(Message.Speaker.USER, "c")),
                new Asker("t", Priority.INTERACTIVE),
                Deadline.after(Duration.ofSeconds(30)));
        ChatModel.Task other = new ChatModel.Task(
                "?",
                List.of(),
                List.of(new Message(Message.Speaker.USER, "a"), new Message(Message.Speaker.USER, "bc")),
                new Asker("t", Priority.INTERACTIVE),
                Deadline.after(Duration.ofSeconds(30)));
        assertThat(AnswerCache.key("m", one)).isNotEqualTo(AnswerCache.key("m", other));
    }
}
