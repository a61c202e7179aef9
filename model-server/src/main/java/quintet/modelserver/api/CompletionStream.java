package quintet.modelserver.api;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.api.CompletionJson.BodyJson;
import quintet.modelserver.api.CompletionJson.ChoiceJson;
import quintet.modelserver.api.CompletionJson.ErrorJson;
import quintet.modelserver.api.CompletionJson.FailedJson;
import quintet.modelserver.api.CompletionJson.MessageJson;
import quintet.modelserver.api.CompletionJson.UsageJson;
import quintet.modelserver.model.FinishReason;
import quintet.modelserver.model.GenerationEvent;
import quintet.modelserver.model.Usage;

/** Turns the events of one completion into OpenAI's chunks, or into one object. */
final class CompletionStream {
    private final String id;
    private final long created = Instant.now().getEpochSecond();
    private final String model;
    private final boolean chat;
    private final boolean usageWanted;

    CompletionStream(String model, boolean chat, boolean usageWanted) {
        this.id = (chat ? "chatcmpl-" : "cmpl-") + UUID.randomUUID().toString().replace("-", "");
        this.model = model;
        this.chat = chat;
        this.usageWanted = usageWanted;
    }

    /** Returns the chunks. Once the first was sent, a failure is one of them: the status can't say it any more. */
    Multi<Object> chunks(Multi<GenerationEvent> events) {
        AtomicBoolean begun = new AtomicBoolean();
        return events.onItem()
                .<Object>transformToIterable(event -> chunks(event, begun.getAndSet(true)))
                .onFailure(_ -> begun.get())
                .recoverWithItem(thrown -> failed(Failure.of(thrown)));
    }

    /** Returns the whole completion. */
    Uni<BodyJson> whole(Multi<GenerationEvent> events) {
        return events.collect().asList().map(this::whole);
    }

    private BodyJson whole(List<GenerationEvent> events) {
        StringBuilder text = new StringBuilder();
        for (GenerationEvent event : events) {
            switch (event) {
                case GenerationEvent.Delta(String piece) -> text.append(piece);
                case GenerationEvent.Finished(FinishReason reason, Usage usage) -> {
                    MessageJson message = chat ? new MessageJson("assistant", text.toString()) : null;
                    ChoiceJson choice =
                            new ChoiceJson(0, message, null, chat ? null : text.toString(), reason.wireName());
                    return body(chat ? "chat.completion" : "text_completion", List.of(choice), UsageJson.of(usage));
                }
            }
        }
        throw new IllegalStateException("a completion without an end");
    }

    private List<Object> chunks(GenerationEvent event, boolean begun) {
        List<Object> chunks = new ArrayList<>();
        if (!begun && chat) {
            chunks.add(chunk(new ChoiceJson(0, null, new MessageJson("assistant", ""), null, null)));
        }
        switch (event) {
            case GenerationEvent.Delta(String text) -> chunks.add(chunk(piece(text, null)));
            case GenerationEvent.Finished(FinishReason reason, Usage usage) -> {
                chunks.add(chunk(piece("", reason.wireName())));
                if (usageWanted) {
                    chunks.add(body(object(), List.of(), UsageJson.of(usage)));
                }
                chunks.add(EventStreams.DONE);
            }
        }
        return chunks;
    }

    private ChoiceJson piece(String text, @Nullable String finishReason) {
        if (!chat) {
            return new ChoiceJson(0, null, null, text, finishReason);
        }
        return new ChoiceJson(0, null, new MessageJson(null, text.isEmpty() ? null : text), null, finishReason);
    }

    private BodyJson chunk(ChoiceJson choice) {
        return body(object(), List.of(choice), null);
    }

    private BodyJson body(String object, List<ChoiceJson> choices, @Nullable UsageJson usage) {
        return new BodyJson(id, object, created, model, choices, usage);
    }

    private String object() {
        return chat ? "chat.completion.chunk" : "text_completion";
    }

    private static FailedJson failed(Failure failure) {
        return new FailedJson(new ErrorJson(failure.message(), "server_error", null, failure.reason()));
    }
}
