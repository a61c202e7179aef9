package quintet.generate.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quintet.failure.Failure;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.Asker;
import quintet.generate.model.CheckedClaim;
import quintet.generate.model.Citation;
import quintet.generate.model.Claim;
import quintet.generate.model.FieldValues;
import quintet.generate.model.Passage;
import quintet.generate.model.PassageFilter;
import quintet.generate.model.Priority;
import quintet.generate.model.Question;
import quintet.generate.model.Turn;
import quintet.generate.v1.AnswerRequest;
import quintet.generate.v1.AnswerResponse;
import quintet.generate.v1.Done;
import quintet.generate.v1.Failed;
import quintet.generate.v1.Source;
import quintet.generate.v1.Sources;
import quintet.generate.v1.Token;

/** Questions and events of an answer to and from protobuf. */
final class GenerateProtoMapping {
    private GenerateProtoMapping() {}

    static Question toModel(AnswerRequest request, String tenant) {
        List<Turn> history = new ArrayList<>();
        for (quintet.generate.v1.Turn turn : request.getHistoryList()) {
            String where = "history[%d].role".formatted(history.size());
            history.add(new Turn(AnswerBody.role(turn.getRole(), where), turn.getContent()));
        }
        return new Question(
                request.getCollection(),
                request.getQuestion(),
                history,
                filter(request),
                request.getTopK() == 0 ? Question.DEFAULT_TOP_K : request.getTopK(),
                "",
                new Asker(tenant, priority(request)));
    }

    private static Priority priority(AnswerRequest request) {
        if (!request.hasPriority()) {
            return Priority.INTERACTIVE;
        }
        return switch (request.getPriority()) {
            case PRIORITY_INTERACTIVE -> Priority.INTERACTIVE;
            case PRIORITY_BATCH -> Priority.BATCH;
            case PRIORITY_UNSPECIFIED, UNRECOGNIZED ->
                throw Failure.invalidInput(
                        "INVALID_PRIORITY",
                        "priority is %d, must be PRIORITY_INTERACTIVE or PRIORITY_BATCH",
                        request.getPriorityValue());
        };
    }

    private static PassageFilter filter(AnswerRequest request) {
        return new PassageFilter(
                request.getFiltersList().stream()
                        .map(filter -> new FieldValues(filter.getField(), filter.getValuesList()))
                        .toList(),
                request.hasFilterText() ? request.getFilterText() : null);
    }

    static AnswerResponse toProto(AnswerEvent event) {
        AnswerResponse.Builder response = AnswerResponse.newBuilder();
        return switch (event) {
            case AnswerEvent.Sources sources ->
                response.setSources(toProto(sources)).build();
            case AnswerEvent.Token(String text) ->
                response.setToken(Token.newBuilder().setText(text)).build();
            case AnswerEvent.Cited(Citation citation) ->
                response.setCitation(toProto(citation)).build();
            case AnswerEvent.Checked(CheckedClaim claim) ->
                response.setClaim(toProto(claim)).build();
            case AnswerEvent.Done done -> response.setDone(toProto(done)).build();
            case AnswerEvent.Failed(String reason, String message) ->
                response.setFailed(Failed.newBuilder().setReason(reason).setMessage(message))
                        .build();
        };
    }

    private static Sources toProto(AnswerEvent.Sources sources) {
        Sources.Builder proto =
                Sources.newBuilder().setTraceId(sources.traceId()).setSearchId(sources.searchId());
        sources.sources().forEach(source -> proto.addSources(toProto(source)));
        return proto.build();
    }

    private static Source toProto(quintet.generate.model.Source source) {
        Passage passage = source.passage();
        return Source.newBuilder()
                .setNumber(source.number())
                .setChunkId(passage.chunkId())
                .setDocumentId(passage.documentId())
                .setFilename(passage.filename())
                .setTitle(passage.title())
                .setPage(passage.page())
                .setPageEnd(passage.pageEnd())
                .addAllSectionPath(passage.sectionPath())
                .setStart(passage.start())
                .setEnd(passage.end())
                .setText(passage.text())
                .putAllScores(passage.scores())
                .build();
    }

    private static quintet.generate.v1.Citation toProto(Citation citation) {
        var proto = quintet.generate.v1.Citation.newBuilder()
                .setNumber(citation.number())
                .setSentence(citation.sentence())
                .setStart(citation.start())
                .setEnd(citation.end())
                .setPage(citation.page());
        citation.answer().ifPresent(span -> proto.setAnswerStart(span.start()).setAnswerEnd(span.end()));
        return proto.build();
    }

    private static quintet.generate.v1.Claim toProto(CheckedClaim checked) {
        Claim claim = checked.claim();
        var proto = quintet.generate.v1.Claim.newBuilder()
                .setStart(claim.start())
                .setEnd(claim.end())
                .setText(claim.text())
                .addAllCited(claim.cited())
                .setSupport(
                        switch (checked.support()) {
                            case SUPPORTED -> quintet.generate.v1.Support.SUPPORT_SUPPORTED;
                            case UNSUPPORTED -> quintet.generate.v1.Support.SUPPORT_UNSUPPORTED;
                            case UNCHECKED -> quintet.generate.v1.Support.SUPPORT_UNCHECKED;
                        })
                .setCoverage((float) checked.coverage())
                .addAllUnknown(checked.unknown());
        checked.evidence().ifPresent(evidence -> proto.setEvidence(toProto(evidence)));
        return proto.build();
    }

    private static Done toProto(AnswerEvent.Done done) {
        Done.Builder proto = Done.newBuilder()
                .setFinishReason(done.finishReason().wireName())
                .setModel(done.model())
                .addAllDegraded(done.degraded())
                .setPromptTokens(done.usage().promptTokens())
                .setCompletionTokens(done.usage().completionTokens())
                .setCached(done.cached())
                .setSupportedClaims(done.claims().supported())
                .setUnsupportedClaims(done.claims().unsupported())
                .setUncheckedClaims(done.claims().unchecked());
        done.pace()
                .ifPresent(pace -> proto.setQueueTimeUs(micros(pace.queued()))
                        .setTimeToFirstTokenUs(micros(pace.firstToken()))
                        .setInterTokenLatencyUs(micros(pace.betweenTokens()))
                        .setTokensPerSecond(pace.tokensPerSecond()));
        done.timings().forEach((stage, time) -> proto.putTimingsUs(stage, micros(time)));
        return proto.build();
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1000;
    }
}
