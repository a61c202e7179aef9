package quintet.generate.adapter.grpc;

import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.generate.model.AnswerSpan;
import quintet.generate.model.Passage;
import quintet.generate.port.PassageReranker;
import quintet.rerank.v1.Candidate;
import quintet.rerank.v1.MutinyRerankServiceGrpc.MutinyRerankServiceStub;
import quintet.rerank.v1.RankedCandidate;
import quintet.rerank.v1.RerankRequest;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** {@link PassageReranker} over rerank-service. */
@ApplicationScoped
class GrpcPassageReranker implements PassageReranker {
    private final MutinyRerankServiceStub rerank;

    GrpcPassageReranker(@GrpcClient("rerank") MutinyRerankServiceStub rerank) {
        this.rerank = rerank;
    }

    @Override
    public Uni<List<Passage>> rerank(String query, List<Passage> passages, Duration budget) {
        RerankRequest request = RerankRequest.newBuilder()
                .setQuery(query)
                .addAllCandidates(passages.stream()
                        .map(passage -> Candidate.newBuilder()
                                .setText(passage.text())
                                .setFirstStageScore(passage.score())
                                .build())
                        .toList())
                .build();
        return Deadlines.call(rerank, budget, stub -> stub.rerank(request))
                .map(response -> response.getResultsList().stream()
                        .map(ranked -> toModel(passages.get(ranked.getIndex()), ranked))
                        .toList())
                .onFailure()
                .transform(thrown -> RpcErrors.toFailure(thrown, "RERANK_UNAVAILABLE"));
    }

    @Override
    public Uni<List<Float>> relevances(String sentence, List<String> texts, Duration budget) {
        RerankRequest request = RerankRequest.newBuilder()
                .setQuery(sentence)
                .addAllCandidates(texts.stream()
                        .map(text -> Candidate.newBuilder().setText(text).build())
                        .toList())
                .build();
        return Deadlines.call(rerank, budget, stub -> stub.rerank(request))
                .map(response -> {
                    Float[] relevances = new Float[texts.size()];
                    Arrays.fill(relevances, 0f);
                    response.getResultsList().forEach(ranked -> relevances[ranked.getIndex()] = ranked.getRelevance());
                    return List.of(relevances);
                })
                .onFailure()
                .transform(thrown -> RpcErrors.toFailure(thrown, "RERANK_UNAVAILABLE"));
    }

    private static Passage toModel(Passage passage, RankedCandidate ranked) {
        Map<String, Float> scores = new LinkedHashMap<>();
        if (ranked.hasRelevance()) {
            scores.put(Passage.RELEVANCE, ranked.getRelevance());
        }
        scores.put(Passage.FINAL, ranked.getScore());
        return passage.ranked(scores, span(passage, ranked));
    }

    private static Optional<AnswerSpan> span(Passage passage, RankedCandidate ranked) {
        int start = ranked.getAnswer().getStart();
        int end = ranked.getAnswer().getEnd();
        boolean inside = ranked.hasAnswer()
                && 0 <= start
                && start < end
                && end <= passage.text().length();
        return inside ? Optional.of(new AnswerSpan(start, end)) : Optional.empty();
    }
}
