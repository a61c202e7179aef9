package quintet.generate.fake;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quintet.failure.Failure;
import quintet.generate.model.Terms;
import quintet.rerank.v1.AnswerSpan;
import quintet.rerank.v1.RankedCandidate;
import quintet.rerank.v1.RerankRequest;
import quintet.rerank.v1.RerankResponse;
import quintet.rerank.v1.RerankServiceGrpc;
import quintet.retrieve.v1.Collection;
import quintet.retrieve.v1.Hit;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.ListCollectionsResponse;
import quintet.retrieve.v1.RetrieveServiceGrpc;
import quintet.retrieve.v1.Rewriting;
import quintet.retrieve.v1.SearchRequest;
import quintet.retrieve.v1.SearchResponse;
import quintet.retrieve.v1.SearchedQuery;
import quintet.retrieve.v1.Speaker;
import quintet.retrieve.v1.StageScores;
import quintet.rpc.RpcErrors;

/**
 * Search and re-ranking over a handful of passages, on a gRPC server of their own that keeps to the protos. What goes wrong is chosen
 * by the name of the collection (search) or by words in the question (re-ranking), so that no state is shared with a test.
 */
public final class FakeServices implements QuarkusTestResourceLifecycleManager {
    /** Search does not answer. */
    public static final String SEARCH_DOWN = "search-down";

    /** A filter that search refuses. */
    public static final String REFUSED_FILTER = "year >";

    /** Search answers by words only. */
    public static final String WORDS_ONLY = "words-only";

    /** Search finds nothing. */
    public static final String EMPTY = "empty";

    /** Re-ranking fails. */
    public static final String RERANK_DOWN = "rerank-is-down";

    /** Re-ranking takes longer than anyone waits. */
    public static final String RERANK_SLOW = "rerank-is-slow";

    private static final Set<String> COLLECTIONS = Set.of("default", SEARCH_DOWN, WORDS_ONLY, EMPTY);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACE = Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private static final io.grpc.Context.Key<String> KEY = io.grpc.Context.key("key");

    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private Server server;

    @Override
    public Map<String, String> start() {
        int port = start(0);
        return Map.of(
                "quarkus.grpc.clients.retrieve.test-port", String.valueOf(port),
                "quarkus.grpc.clients.rerank.test-port", String.valueOf(port));
    }

    /** Starts on {@code port}, 0 for any; returns the port. */
    public int start(int port) {
        try {
            server = NettyServerBuilder.forPort(port)
                    .addService(new Retrieve())
                    .addService(new Rerank())
                    .intercept(new Recorder())
                    .build()
                    .start();
            return server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.shutdownNow();
        later.shutdownNow();
    }

    /** Returns what was last seen, by name: system properties cross the class loaders of a test. */
    public static String seen(String name) {
        return System.getProperty("quintet.fake." + name, "");
    }

    private static void see(String name, String value) {
        System.setProperty("quintet.fake." + name, value);
    }

    private static final class Recorder implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String method = call.getMethodDescriptor().getBareMethodName();
            see(method + ".trace", String.valueOf(headers.get(TRACE)));
            String key = String.valueOf(headers.get(AUTHORIZATION));
            see(method + ".key", key);
            var deadline = io.grpc.Context.current().getDeadline();
            see(method + ".deadlineMs", deadline == null ? "" : "" + deadline.timeRemaining(TimeUnit.MILLISECONDS));
            return io.grpc.Contexts.interceptCall(io.grpc.Context.current().withValue(KEY, key), call, headers, next);
        }
    }

    private static final class Retrieve extends RetrieveServiceGrpc.RetrieveServiceImplBase {
        @Override
        public void search(SearchRequest request, StreamObserver<SearchResponse> observer) {
            see("Search.query", request.getQuery());
            see("Search.history", request.getHistoryList().toString().replaceAll("\\s+", " "));
            see("Search.key of " + request.getQuery(), KEY.get());
            see("Search.filters", request.getFiltersList().toString().replaceAll("\\s+", " "));
            see("Search.filterText", request.hasFilterText() ? request.getFilterText() : "none");
            if (request.getFilterText().equals(REFUSED_FILTER)) {
                observer.onError(RpcErrors.toStatus(Failure.invalidInput(
                        "INVALID_FILTER", "filter, column 7: expected a value, found the end", Map.of())));
                return;
            }
            if (!COLLECTIONS.contains(request.getCollection())) {
                observer.onError(RpcErrors.toStatus(Failure.notFound(
                        "COLLECTION_NOT_FOUND", "collection \"%s\" does not exist", request.getCollection())));
                return;
            }
            if (request.getCollection().equals(SEARCH_DOWN)) {
                observer.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            SearchResponse.Builder response = SearchResponse.newBuilder();
            if (request.getCollection().equals(WORDS_ONLY)) {
                response.addDegraded("dense");
            } else {
                response.setSearchId("the search");
            }
            if (!request.getCollection().equals(EMPTY)) {
                // As the rule of retrieve-service would: what was asked before, and the question.
                String standalone = request.getHistoryList().stream()
                                .filter(turn -> turn.getSpeaker() == Speaker.SPEAKER_USER)
                                .map(turn -> turn.getText() + " ")
                                .collect(Collectors.joining())
                        + request.getQuery();
                response.setRewriting(Rewriting.newBuilder()
                        .addQueries(SearchedQuery.newBuilder().setKind("query").setText(standalone)));
                Set<String> wanted = Terms.of(standalone);
                Passages.ALL.stream()
                        .map(hit -> scored(hit, wanted))
                        .sorted(Comparator.comparingDouble(Hit::getScore).reversed())
                        .limit(request.getTopK())
                        .forEach(response::addHits);
            }
            observer.onNext(response.build());
            observer.onCompleted();
        }

        private static Hit scored(Hit hit, Set<String> wanted) {
            float score = (float) Terms.coverage(wanted, Terms.of(hit.getText()));
            return hit.toBuilder()
                    .setScore(score)
                    .setScores(StageScores.newBuilder()
                            .setDense(score)
                            .setLexical(10 * score)
                            .setFused(score))
                    .build();
        }

        @Override
        public void listCollections(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> observer) {
            observer.onNext(ListCollectionsResponse.newBuilder()
                    .addCollections(Collection.newBuilder()
                            .setName("default")
                            .setDocumentCount(3)
                            .setPassageCount(Passages.ALL.size()))
                    .build());
            observer.onCompleted();
        }
    }

    private final class Rerank extends RerankServiceGrpc.RerankServiceImplBase {
        @Override
        public void rerank(RerankRequest request, StreamObserver<RerankResponse> observer) {
            see("Rerank.query", request.getQuery());
            if (request.getQuery().contains(RERANK_DOWN)) {
                observer.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
            } else if (request.getQuery().contains(RERANK_SLOW)) {
                io.grpc.Context.current().addListener(context -> see("Rerank.cancelled", "true"), Runnable::run);
                later.schedule(
                        () -> answer(request, observer), Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
            } else {
                answer(request, observer);
            }
        }

        private static void answer(RerankRequest request, StreamObserver<RerankResponse> observer) {
            Set<String> wanted = Terms.of(request.getQuery());
            List<RankedCandidate> ranked = IntStream.range(0, request.getCandidatesCount())
                    .mapToObj(i -> ranked(i, request.getCandidates(i).getText(), wanted))
                    .sorted(Comparator.comparingDouble(RankedCandidate::getScore)
                            .reversed())
                    .toList();
            observer.onNext(RerankResponse.newBuilder().addAllResults(ranked).build());
            observer.onCompleted();
        }

        private static RankedCandidate ranked(int index, String text, Set<String> wanted) {
            float relevance = (float) Terms.coverage(wanted, Terms.of(text));
            RankedCandidate.Builder ranked = RankedCandidate.newBuilder()
                    .setIndex(index)
                    .setScore(relevance)
                    .setRelevance(relevance * relevance);
            int span = text.indexOf("$1000");
            if (span >= 0) {
                ranked.setAnswer(
                        AnswerSpan.newBuilder().setStart(span).setEnd(span + 5).setScore(3));
            }
            return ranked.build();
        }
    }

    /** Starts the fakes alone, for trying the page by hand. */
    public static void main(String[] arguments) throws InterruptedException {
        FakeServices fakes = new FakeServices();
        fakes.start(Integer.parseInt(arguments[0]));
        fakes.server.awaitTermination();
    }
}
