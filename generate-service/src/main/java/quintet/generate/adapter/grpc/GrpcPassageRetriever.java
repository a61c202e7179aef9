package quintet.generate.adapter.grpc;

import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import quintet.generate.model.Collection;
import quintet.generate.model.FieldValues;
import quintet.generate.model.Passage;
import quintet.generate.model.PassageFilter;
import quintet.generate.model.Question;
import quintet.generate.model.Role;
import quintet.generate.model.Turn;
import quintet.generate.port.PassageRetriever;
import quintet.retrieve.v1.Hit;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.MetadataFilter;
import quintet.retrieve.v1.MutinyRetrieveServiceGrpc.MutinyRetrieveServiceStub;
import quintet.retrieve.v1.SearchRequest;
import quintet.retrieve.v1.SearchResponse;
import quintet.retrieve.v1.SearchedQuery;
import quintet.retrieve.v1.Speaker;
import quintet.retrieve.v1.StageScores;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** {@link PassageRetriever} over retrieve-service. */
@ApplicationScoped
class GrpcPassageRetriever implements PassageRetriever {
    private static final String UNAVAILABLE = "RETRIEVAL_UNAVAILABLE";
    private static final int MAX_TURNS = 12;
    private static final int MAX_TURN_CHARACTERS = 4096;

    private final MutinyRetrieveServiceStub retrieve;

    GrpcPassageRetriever(@GrpcClient("retrieve") MutinyRetrieveServiceStub retrieve) {
        this.retrieve = retrieve;
    }

    @Override
    public Uni<Found> search(Question question, int topK, Duration budget) {
        PassageFilter filter = question.filter();
        SearchRequest.Builder request = SearchRequest.newBuilder()
                .setCollection(question.collection())
                .setQuery(question.text())
                .addAllHistory(history(question.history()))
                .setTopK(topK)
                .addAllFilters(filter.fields().stream()
                        .map(GrpcPassageRetriever::toProto)
                        .toList());
        if (filter.text() != null) {
            request.setFilterText(filter.text());
        }
        return Deadlines.call(retrieve, budget, stub -> stub.search(request.build()))
                .map(response -> toModel(response, question.text()))
                .onFailure()
                .transform(thrown -> RpcErrors.toFailure(thrown, UNAVAILABLE));
    }

    /** The last turns are what a question points back to; they are cut so that a message stays small. */
    private static List<quintet.retrieve.v1.Turn> history(List<Turn> turns) {
        return turns.subList(Math.max(0, turns.size() - MAX_TURNS), turns.size()).stream()
                .map(turn -> quintet.retrieve.v1.Turn.newBuilder()
                        .setSpeaker(turn.role() == Role.USER ? Speaker.SPEAKER_USER : Speaker.SPEAKER_ASSISTANT)
                        .setText(start(turn.content()))
                        .build())
                .toList();
    }

    private static String start(String text) {
        if (text.length() <= MAX_TURN_CHARACTERS) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_TURN_CHARACTERS - 1));
        return text.substring(0, splitsPair ? MAX_TURN_CHARACTERS - 1 : MAX_TURN_CHARACTERS);
    }

    @Override
    public Uni<List<Collection>> collections(Duration budget) {
        var request = ListCollectionsRequest.getDefaultInstance();
        return Deadlines.call(retrieve, budget, stub -> stub.listCollections(request))
                .map(response -> response.getCollectionsList().stream()
                        .map(c -> new Collection(c.getName(), c.getDocumentCount(), c.getPassageCount()))
                        .toList())
                .onFailure()
                .transform(thrown -> RpcErrors.toFailure(thrown, UNAVAILABLE));
    }

    private static MetadataFilter toProto(FieldValues filter) {
        return MetadataFilter.newBuilder()
                .setField(filter.field())
                .addAllValues(filter.values())
                .build();
    }

    private static Found toModel(SearchResponse response, String asked) {
        List<SearchedQuery> queries = response.getRewriting().getQueriesList();
        return new Found(
                response.getHitsList().stream()
                        .map(GrpcPassageRetriever::toModel)
                        .toList(),
                queries.isEmpty() ? asked : queries.getFirst().getText(),
                response.getDegradedList(),
                response.getSearchId());
    }

    private static Passage toModel(Hit hit) {
        return new Passage(
                hit.getChunkId(),
                hit.getDocumentId(),
                hit.getFilename(),
                hit.getTitle(),
                hit.getPage(),
                hit.getPageEnd(),
                hit.getSectionPathList(),
                hit.getStart(),
                hit.getEnd(),
                hit.getText(),
                hit.getTokenCount(),
                scores(hit),
                Optional.empty());
    }

    private static SequencedMap<String, Float> scores(Hit hit) {
        SequencedMap<String, Float> scores = new LinkedHashMap<>();
        StageScores stages = hit.getScores();
        if (stages.hasDense()) {
            scores.put(Passage.DENSE, stages.getDense());
        }
        if (stages.hasLexical()) {
            scores.put(Passage.LEXICAL, stages.getLexical());
        }
        if (stages.hasFused()) {
            scores.put(Passage.FUSED, stages.getFused());
        }
        scores.put(Passage.FINAL, hit.getScore());
        return scores;
    }
}
