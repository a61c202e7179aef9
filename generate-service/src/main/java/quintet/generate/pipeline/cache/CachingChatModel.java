package quintet.generate.pipeline.cache;

import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Completion;
import quintet.generate.model.FinishReason;
import quintet.generate.port.ChatModel;

/** A {@link ChatModel} that is not asked what it has answered before. Only answers that came to their own end are kept. */
public final class CachingChatModel implements ChatModel {
    private final ChatModel model;
    private final AnswerCache cache;

    private CachingChatModel(ChatModel model, AnswerCache cache) {
        this.model = model;
        this.cache = cache;
    }

    /** Returns {@code model} behind a cache, unless nothing is kept or it costs nothing to ask it. */
    public static ChatModel of(ChatModel model, AnswerCache cache) {
        return model.mode() == AnswerMode.EXTRACTIVE || !cache.keepsAny() ? model : new CachingChatModel(model, cache);
    }

    @Override
    public AnswerMode mode() {
        return model.mode();
    }

    @Override
    public boolean configured() {
        return model.configured();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Optional<Failure> refusal(Task task) {
        return cache.find(AnswerCache.key(name(), task)).isPresent() ? Optional.empty() : model.refusal(task);
    }

    @Override
    public Multi<Completion> complete(Task task) {
        return Multi.createFrom().deferred(() -> {
            String key = AnswerCache.key(name(), task);
            return cache.find(key).map(CachingChatModel::replay).orElseGet(() -> recorded(key, task));
        });
    }

    private static Multi<Completion> replay(AnswerCache.Answer answer) {
        return Multi.createFrom()
                .iterable(List.of(
                        new Completion.Delta(answer.text()),
                        new Completion.Finished(FinishReason.STOP, answer.usage(), Optional.empty(), true)));
    }

    private Multi<Completion> recorded(String key, Task task) {
        StringBuilder text = new StringBuilder();
        return model.complete(task).onItem().invoke(completion -> {
            switch (completion) {
                case Completion.Delta(String delta) -> text.append(delta);
                case Completion.Finished finished -> {
                    if (finished.reason() == FinishReason.STOP) {
                        cache.keep(key, new AnswerCache.Answer(text.toString(), finished.usage()));
                    }
                }
            }
        });
    }
}
