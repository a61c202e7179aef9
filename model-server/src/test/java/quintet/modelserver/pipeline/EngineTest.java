package quintet.modelserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static quintet.modelserver.pipeline.Completions.request;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.Prompt;
import quintet.modelserver.model.Sampling;
import quintet.modelserver.pipeline.Completions.Result;
import quintet.modelserver.pipeline.speculation.SpeculationConfig;
import quintet.modelserver.port.LanguageModel;
import quintet.modelserver.port.ModelUnusableException;
import quintet.modelserver.port.Models;
import quintet.modelserver.port.ScriptedModel;

class EngineTest {
    private final ScriptedModel model = new ScriptedModel(2048, 2, 128, 1000, 3);
    private final List<Engine> engines = new ArrayList<>();

    private Engine start(Models models, int queue) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(EngineConfig.class)
                .withMapping(SpeculationConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "quintet.model-server.engine.queue",
                                Integer.toString(queue),
                                "quintet.model-server.engine.shutdown-grace",
                                "PT0.2S"),
                        "test",
                        500))
                .build();
        Engine engine = new Engine(
                models,
                config.getConfigMapping(EngineConfig.class),
                config.getConfigMapping(SpeculationConfig.class),
                new SimpleMeterRegistry());
        engines.add(engine);
        return engine;
    }

    private Engine start(int queue) {
        return start(models(model), queue);
    }

    private static Models models(LanguageModel model) {
        return new Models() {
            @Override
            public LanguageModel load() {
                return model;
            }

            @Override
            public Optional<LanguageModel> loadDraft(LanguageModel target) {
                return Optional.empty();
            }
        };
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Engine engine : engines) {
            engine.stop(new ShutdownEvent());
        }
    }

    private static GenerationRequest endless() {
        return request("go", 1900, Sampling.GREEDY);
    }

    @Test
    void completesWhatIsAsked() {
        Engine engine = start(4);
        Result result = new Result();
        engine.generate(request("Why?", 20, Sampling.GREEDY), result);
        await().until(result::ended);
        assertThat(result.usage.completionTokens()).isEqualTo(20);
        assertThat(engine.ask(LanguageModel::cells).join()).isEqualTo(2048);
    }

    @Test
    void refusesMoreThanItHasRoomFor() {
        Engine engine = start(0);
        Result first = new Result();
        Runnable cancel = engine.generate(endless(), first);
        engine.generate(endless(), new Result());
        assertThatThrownBy(() -> engine.generate(endless(), new Result()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERLOADED);
                    assertThat(failure.retryAfter()).isPresent();
                    assertThat(failure.message()).contains("2 completions");
                });
        cancel.run();
        Result next = new Result();
        engine.generate(request("next", 3, Sampling.GREEDY), next);
        await().until(next::ended);
        assertThat(next.usage.completionTokens()).isEqualTo(3);
    }

    @Test
    void refusesAPromptThatDoesNotFit() {
        Engine engine = start(4);
        Result result = new Result();
        engine.generate(request("x".repeat(3000), 10, Sampling.GREEDY), result);
        await().until(result::ended);
        assertThat(result.failure.reason()).isEqualTo("CONTEXT_OVERFLOW");
        assertThat(result.failure.message()).contains("3001 tokens");
        Result unknown = new Result();
        engine.generate(
                new GenerationRequest(new Prompt.Tokens(List.of(5, 999)), 5, Sampling.GREEDY, List.of(), true, false),
                unknown);
        await().until(unknown::ended);
        assertThat(unknown.failure.reason()).isEqualTo("UNKNOWN_TOKEN");
    }

    @Test
    void aCompletionEndsWhereTheContextDoes() {
        Engine engine = start(4);
        Result result = new Result();
        engine.generate(request("x".repeat(1900), 100_000, Sampling.GREEDY), result);
        await().atMost(Duration.ofSeconds(30)).until(result::ended);
        assertThat(result.reason).isEqualTo(quintet.modelserver.model.FinishReason.LENGTH);
        assertThat(result.usage.completionTokens()).isBetween(80, 147);
    }

    @Test
    void survivesAFailedStep() {
        Engine engine = start(4);
        model.fail(1);
        Result broken = new Result();
        engine.generate(request("a", 5, Sampling.GREEDY), broken);
        await().until(broken::ended);
        assertThat(broken.failure.reason()).isEqualTo("INTERNAL");
        Result whole = new Result();
        engine.generate(request("a", 5, Sampling.GREEDY), whole);
        await().until(whole::ended);
        assertThat(whole.failure).isNull();
    }

    @Test
    void stoppingGivesGraceThenEndsAllAndFreesTheModel() throws InterruptedException {
        Engine engine = start(4);
        Result running = new Result();
        engine.generate(endless(), running);
        await().until(() -> running.completion == null && !running.events.isEmpty());
        engine.refuse(new ShutdownDelayInitiatedEvent());
        Result late = new Result();
        engine.generate(endless(), late);
        assertThat(late.failure.reason()).isEqualTo("SHUTTING_DOWN");
        engine.stop(new ShutdownEvent());
        assertThat(running.ended()).isTrue();
        assertThat(model.closed()).isTrue();
        assertThat(engine.takesRequests()).isFalse();
    }

    @Test
    void aModelThatCanNotBeUsedEndsTheStart() {
        Models broken = new Models() {
            @Override
            public LanguageModel load() {
                throw new ModelUnusableException("there is no file");
            }

            @Override
            public Optional<LanguageModel> loadDraft(LanguageModel target) {
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> start(broken, 4))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessage("there is no file");
    }
}
