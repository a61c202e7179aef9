package quintet.generate.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import quintet.generate.api.ChatJson.AnnotationJson;
import quintet.generate.api.ChatJson.ChoiceJson;
import quintet.generate.api.ChatJson.ChunkJson;
import quintet.generate.api.ChatJson.CompletionJson;
import quintet.generate.api.ChatJson.DeltaJson;
import quintet.generate.api.ChatJson.ErrorJson;
import quintet.generate.api.ChatJson.FileCitationJson;
import quintet.generate.api.ChatJson.MessageJson;
import quintet.generate.api.ChatJson.QuintetJson;
import quintet.generate.api.ChatJson.UsageJson;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.CheckedClaim;
import quintet.generate.model.Citation;
import quintet.generate.model.Passage;
import quintet.generate.model.Source;

/** Turns the events of one answer into OpenAI's chunks, or into one completion. Not thread-safe. */
final class ChatStream {
    /** What OpenAI's streams end with, as it is. */
    static final String DONE = "[DONE]";

    private static final MessageJson NOTHING = new MessageJson(null, null, null);

    private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final long created = Instant.now().getEpochSecond();
    private final String collection;
    private final boolean usageWanted;
    private List<Source> sources = List.of();
    private String traceId = "";

    ChatStream(ChatBody body) {
        this.collection = body.collection();
        this.usageWanted = body.usageWanted();
    }

    /** Returns the chunks that an event gives rise to. */
    List<Object> chunks(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Sources(List<Source> found, String trace, String _) -> {
                sources = found;
                traceId = trace;
                var first = List.of(delta(new MessageJson("assistant", "", null), null));
                yield List.of(chunk(first, null, null, null, AnswerJson.sources(found), null));
            }
            case AnswerEvent.Token(String text) ->
                List.of(chunk(List.of(delta(new MessageJson(null, text, null), null)), null, null, null, null, null));
            case AnswerEvent.Cited(Citation citation) -> {
                var annotated = new MessageJson(null, null, List.of(annotation(citation, sources)));
                var citations = List.of(AnswerJson.CitationJson.of(citation));
                yield List.of(chunk(List.of(delta(annotated, null)), null, citations, null, null, null));
            }
            case AnswerEvent.Checked(CheckedClaim claim) ->
                List.of(chunk(
                        List.of(delta(NOTHING, null)),
                        null,
                        null,
                        List.of(AnswerJson.ClaimJson.of(claim)),
                        null,
                        null));
            case AnswerEvent.Done done -> last(done);
            case AnswerEvent.Failed(String reason, String message) ->
                List.of(new ChatJson.FailedJson(new ErrorJson(message, "server_error", null, reason)));
        };
    }

    /** Returns the whole completion. */
    CompletionJson completion(WholeAnswer whole) {
        AnswerEvent.Done done = whole.done();
        List<Citation> citations = whole.citations().stream().distinct().toList();
        List<AnnotationJson> annotations =
                citations.stream().map(c -> annotation(c, whole.sources())).toList();
        return new CompletionJson(
                id,
                "chat.completion",
                created,
                collection,
                List.of(new ChoiceJson(
                        0,
                        new MessageJson("assistant", whole.text(), annotations),
                        ChatJson.finishReason(done.finishReason()))),
                UsageJson.of(done),
                citations.stream().map(AnswerJson.CitationJson::of).toList(),
                whole.claims().stream().map(AnswerJson.ClaimJson::of).toList(),
                AnswerJson.sources(whole.sources()),
                QuintetJson.of(done, whole.traceId()));
    }

    private List<Object> last(AnswerEvent.Done done) {
        List<Object> chunks = new ArrayList<>();
        DeltaJson end = delta(NOTHING, ChatJson.finishReason(done.finishReason()));
        chunks.add(chunk(List.of(end), null, null, null, null, QuintetJson.of(done, traceId)));
        if (usageWanted) {
            chunks.add(chunk(List.of(), UsageJson.of(done), null, null, null, null));
        }
        chunks.add(DONE);
        return chunks;
    }

    private ChunkJson chunk(
            List<DeltaJson> choices,
            @Nullable UsageJson usage,
            @Nullable List<AnswerJson.CitationJson> citations,
            @Nullable List<AnswerJson.ClaimJson> claims,
            @Nullable List<AnswerJson.SourceJson> found,
            @Nullable QuintetJson quintet) {
        return new ChunkJson(
                id, "chat.completion.chunk", created, collection, choices, usage, citations, claims, found, quintet);
    }

    private static DeltaJson delta(MessageJson message, @Nullable String finishReason) {
        return new DeltaJson(0, message, finishReason);
    }

    private static AnnotationJson annotation(Citation citation, List<Source> sources) {
        Passage passage = sources.get(citation.number() - 1).passage();
        Integer page = citation.page() == 0 ? null : Integer.valueOf(citation.page());
        return new AnnotationJson(
                "file_citation",
                new FileCitationJson(
                        passage.documentId(), passage.filename(), citation.number(), page, citation.sentence()));
    }
}
