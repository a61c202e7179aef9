package quintet.modelserver.pipeline;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import quintet.failure.Failure;
import quintet.modelserver.model.FinishReason;
import quintet.modelserver.model.GenerationEvent;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.Prompt;
import quintet.modelserver.model.Sampling;
import quintet.modelserver.model.Tokens;
import quintet.modelserver.model.Usage;
import quintet.modelserver.pipeline.speculation.Drafter;
import quintet.modelserver.pipeline.speculation.NgramDrafter;
import quintet.modelserver.pipeline.speculation.SpeculationSwitch;
import quintet.modelserver.port.LanguageModel;

/** Completions for tests, and a scheduler that is stepped by hand. */
public final class Completions {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final LanguageModel model;
    final Scheduler scheduler;

    Completions(LanguageModel model) {
        this(model, new NgramDrafter(4, 2));
    }

    Completions(LanguageModel model, Drafter drafter) {
        this.model = model;
        this.scheduler = new Scheduler(model, drafter, 64, 64, new ServerMetrics(meters, "test"));
    }

    /** What came of a completion. */
    public static final class Result implements CompletionListener {
        final StringBuilder text = new StringBuilder();
        final List<GenerationEvent> events = new ArrayList<>();
        Completion completion;
        Usage usage;
        FinishReason reason;
        Failure failure;

        @Override
        public void on(GenerationEvent event) {
            if (reason != null || failure != null) {
                throw new IllegalStateException("something came behind the end");
            }
            events.add(event);
            switch (event) {
                case GenerationEvent.Delta(String piece) -> text.append(piece);
                case GenerationEvent.Finished(FinishReason why, Usage what) -> {
                    reason = why;
                    usage = what;
                }
            }
        }

        @Override
        public void failed(Failure thrown) {
            failure = thrown;
        }

        boolean ended() {
            return reason != null || failure != null;
        }
    }

    /** A request with a prompt of text. */
    static GenerationRequest request(String prompt, int maxTokens, Sampling sampling, String... stop) {
        return new GenerationRequest(new Prompt.Text(prompt), maxTokens, sampling, List.of(stop), true, false);
    }

    /** Hands a completion in; {@code longestDraft} 0 computes token by token. */
    Result submit(GenerationRequest request, int longestDraft) {
        Result result = new Result();
        Tokens prompt = Prompts.tokens(request.prompt(), model);
        result.completion = new Completion(
                request,
                prompt,
                Math.min(request.maxTokens(), scheduler.mostTokens() - prompt.size()),
                new SpeculationSwitch(longestDraft, 0),
                result,
                System.nanoTime());
        scheduler.submit(result.completion);
        return result;
    }

    /** Steps until nothing is left; returns the number of steps. */
    int run() {
        int steps = 0;
        while (!scheduler.idle()) {
            scheduler.step();
            if (++steps > 100_000) {
                throw new IllegalStateException("it does not end");
            }
        }
        return steps;
    }

    /** A completion alone, from the first token to the last. */
    Result complete(GenerationRequest request, int longestDraft) {
        Result result = submit(request, longestDraft);
        run();
        return result;
    }

    double count(String name) {
        return meters.find(name).counter().count();
    }
}
