package quintet.retrieve.adapter.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.embed.v1.InputSide;
import quintet.embed.v1.MutinyEmbedServiceGrpc.MutinyEmbedServiceStub;
import quintet.failure.Failure;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.port.QueryEmbedder;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/**
 * {@link QueryEmbedder} over embed-service. How many characters fit a model's window only the model's tokenizer knows, so a
 * query that is refused as too long is cut in half and asked again.
 */
@ApplicationScoped
class GrpcQueryEmbedder implements QueryEmbedder {
    private static final String UNAVAILABLE = "EMBEDDING_UNAVAILABLE";
    private static final String TOO_LONG = "TEXT_TOO_LONG";
    private static final int MIN_LENGTH = 32;

    private final MutinyEmbedServiceStub stub;
    private final int maxQueryLength;

    GrpcQueryEmbedder(@GrpcClient("embed") MutinyEmbedServiceStub stub, EmbedConfig config) {
        this.stub = stub;
        this.maxQueryLength = config.maxQueryLength();
    }

    @Override
    public Uni<EmbeddedQuery> embed(String query, Duration budget) {
        long until = System.nanoTime() + budget.toNanos();
        // Half a surrogate pair can not be sent.
        String cut = new String(cut(query, maxQueryLength).getBytes(UTF_8), UTF_8);
        return embed(cut, cut.length() < query.length(), until);
    }

    private Uni<EmbeddedQuery> embed(String query, boolean truncated, long until) {
        Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        EmbedRequest request = EmbedRequest.newBuilder()
                .addTexts(query)
                .setSide(InputSide.INPUT_SIDE_QUERY)
                .build();
        return Deadlines.call(stub, left, embed -> embed.embed(request))
                .map(response -> toModel(response, truncated))
                .onFailure()
                .transform(GrpcQueryEmbedder::failure)
                .onFailure(thrown -> isTooLong(thrown) && query.length() >= 2 * MIN_LENGTH)
                .recoverWithUni(() -> embed(cut(query, query.length() / 2), true, until));
    }

    /** A bug over there is an outage over here: this service did its part. */
    private static Failure failure(Throwable thrown) {
        Failure failure = RpcErrors.toFailure(thrown, UNAVAILABLE);
        return failure.kind() == Failure.Kind.INTERNAL
                ? Failure.unavailable(UNAVAILABLE, "embed-service failed: " + thrown.getMessage(), thrown)
                : failure;
    }

    private static boolean isTooLong(Throwable thrown) {
        return thrown instanceof Failure failure && failure.reason().equals(TOO_LONG);
    }

    /** Returns the first {@code length} characters, up to the last space among them if there is one. */
    private static String cut(String query, int length) {
        if (query.length() <= length) {
            return query;
        }
        String start = query.substring(0, length);
        int space = start.lastIndexOf(' ');
        String words = space > length / 2 ? start.substring(0, space) : start;
        return words.isBlank()
                ? query.strip().substring(0, Math.min(length, query.strip().length()))
                : words;
    }

    private static EmbeddedQuery toModel(EmbedResponse response, boolean truncated) {
        try {
            float[] values = new float[response.getEmbeddings(0).getValuesCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = response.getEmbeddings(0).getValues(i);
            }
            return new EmbeddedQuery(
                    new UnitVector(values),
                    new ModelRef(response.getModel(), response.getRevision(), values.length),
                    truncated);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Failure.unavailable(UNAVAILABLE, "embed-service answered with no unit vector: " + e.getMessage(), e);
        }
    }
}
