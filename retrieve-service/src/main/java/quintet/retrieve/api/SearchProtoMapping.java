package quintet.retrieve.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import quintet.failure.Failure;
import quintet.retrieve.api.filter.FilterProtoMapping;
import quintet.retrieve.model.Arrangement;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.IndexedDocument;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.history.Answer;
import quintet.retrieve.model.history.SearchId;
import quintet.retrieve.v1.Collection;
import quintet.retrieve.v1.GetDocumentStatusResponse;
import quintet.retrieve.v1.Hit;
import quintet.retrieve.v1.ListCollectionsResponse;
import quintet.retrieve.v1.ScoreCut;
import quintet.retrieve.v1.SearchRequest;
import quintet.retrieve.v1.SearchResponse;
import quintet.retrieve.v1.SearchTimings;
import quintet.retrieve.v1.StageScores;

/** Between the messages of {@code retrieve_service.proto} and the model. */
final class SearchProtoMapping {
    private SearchProtoMapping() {}

    static GetDocumentStatusResponse toProto(IndexedDocument document) {
        GetDocumentStatusResponse.Builder proto = GetDocumentStatusResponse.newBuilder()
                .setPassageCount(document.passageCount())
                .setStagedPartCount(document.stagedPartCount());
        document.head().ifPresent(head -> proto.setVersion(head.version()).setDeleted(head.deleted()));
        return proto.build();
    }

    static Query toModel(SearchRequest request) {
        return Requests.query(
                request.getQuery(),
                request.getTopK() == 0 ? Query.DEFAULT_TOP_K : request.getTopK(),
                mode(request),
                fusion(request),
                FilterProtoMapping.toModel(request),
                RewritingProtoMapping.toModel(request),
                arrangement(request));
    }

    private static Arrangement arrangement(SearchRequest request) {
        return Requests.arrangement(
                (double) request.getDiversity(),
                request.getPerDocument() == 0 ? null : request.getPerDocument(),
                request.getExpand(),
                request.hasMinScore() ? (double) request.getMinScore() : null,
                mode(request));
    }

    private static SearchMode mode(SearchRequest request) {
        return switch (request.getMode()) {
            case SEARCH_MODE_UNSPECIFIED, SEARCH_MODE_HYBRID -> SearchMode.HYBRID;
            case SEARCH_MODE_DENSE -> SearchMode.DENSE;
            case SEARCH_MODE_LEXICAL -> SearchMode.LEXICAL;
            case UNRECOGNIZED ->
                throw Failure.invalidInput("INVALID_MODE", "mode is %d, must be 0 to 3", request.getModeValue());
        };
    }

    private static Fusion fusion(SearchRequest request) {
        return switch (request.getFusion()) {
            case FUSION_UNSPECIFIED, FUSION_ADAPTIVE -> Fusion.ADAPTIVE;
            case FUSION_WEIGHTED -> Fusion.WEIGHTED;
            case FUSION_RRF -> Fusion.RRF;
            case UNRECOGNIZED ->
                throw Failure.invalidInput("INVALID_FUSION", "fusion is %d, must be 0 to 3", request.getFusionValue());
        };
    }

    static SearchResponse toProto(Answer answer) {
        return toProto(answer.result(), answer.id().map(SearchId::value).orElse(""));
    }

    static SearchResponse toProto(SearchResult result, String searchId) {
        SearchResponse.Builder response = SearchResponse.newBuilder()
                .addAllDegraded(result.degraded())
                .setTimings(toProto(result.timings()))
                .setSearchId(searchId);
        result.explanation()
                .ifPresent(explanation -> response.setExplanation(ExplanationProtoMapping.toProto(explanation)));
        RewritingProtoMapping.add(result.rewritten(), response);
        result.model().ifPresent(model -> response.setModel(model.name()).setRevision(model.revision()));
        result.cut()
                .ifPresent(cut -> response.setScoreCut(
                        ScoreCut.newBuilder().setLeftOut(cut.leftOut()).setNothingRelevant(cut.nothingRelevant())));
        result.hits().forEach(hit -> response.addHits(toProto(hit)));
        return response.build();
    }

    static SearchTimings toProto(quintet.retrieve.model.SearchTimings timings) {
        return SearchTimings.newBuilder()
                .setEmbedUs(micros(timings.embed()))
                .setDenseUs(micros(timings.dense()))
                .setLexicalUs(micros(timings.lexical()))
                .setTotalUs(micros(timings.total()))
                .build();
    }

    private static Hit toProto(quintet.retrieve.model.Hit hit) {
        DocumentInfo info = hit.stored().info();
        Passage matched = hit.stored().passage();
        Passage passage = matched.shown();
        Hit.Builder proto = Hit.newBuilder()
                .setChunkId(passage.chunkId())
                .setDocumentId(hit.stored().documentId())
                .setVersion(hit.stored().version())
                .setOrdinal(passage.ordinal())
                .setFilename(info.filename())
                .setTitle(info.title())
                .setSource(info.source())
                .setMimeType(info.mimeType())
                .setPage(passage.page())
                .setPageEnd(passage.pageEnd())
                .addAllSectionPath(passage.sectionPath())
                .setStart(passage.start())
                .setEnd(passage.end())
                .setText(passage.text())
                .setTokenCount(passage.tokenCount())
                .setScore((float) hit.score())
                .setScores(toProto(hit.scores()))
                .putAllMetadata(info.metadata());
        if (matched.context() != null) {
            proto.setMatchStart(matched.start()).setMatchEnd(matched.end());
        }
        return proto.build();
    }

    static StageScores toProto(quintet.retrieve.model.StageScores scores) {
        StageScores.Builder proto = StageScores.newBuilder();
        if (scores.dense() != null) {
            proto.setDense(scores.dense().floatValue());
        }
        if (scores.lexical() != null) {
            proto.setLexical(scores.lexical().floatValue());
        }
        if (scores.fused() != null) {
            proto.setFused(scores.fused().floatValue());
        }
        return proto.build();
    }

    /** Returns those of the collections that have a name to the caller. */
    static ListCollectionsResponse toProto(
            List<CollectionInfo> collections, Function<CollectionName, Optional<String>> names) {
        ListCollectionsResponse.Builder response = ListCollectionsResponse.newBuilder();
        for (CollectionInfo info : collections) {
            Optional<String> shown = names.apply(info.name());
            if (shown.isEmpty()) {
                continue;
            }
            Collection.Builder collection = Collection.newBuilder()
                    .setName(shown.get())
                    .setGeneration(info.name().value())
                    .setDocumentCount(info.documentCount())
                    .setPassageCount(info.passageCount());
            info.model()
                    .ifPresent(model -> collection
                            .setModel(model.name())
                            .setRevision(model.revision())
                            .setDimension(model.dimension()));
            response.addCollections(collection);
        }
        return response.build();
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
