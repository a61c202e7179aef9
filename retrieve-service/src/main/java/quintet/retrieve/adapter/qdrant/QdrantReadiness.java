package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import quintet.failure.Failure;

/** Ready when Qdrant answers, or none is to be used. */
@Readiness
@ApplicationScoped
class QdrantReadiness implements AsyncHealthCheck {
    private final QdrantCalls calls;
    private final boolean used;

    QdrantReadiness(QdrantCalls calls, QdrantConfig config) {
        this.calls = calls;
        used = config.url().isPresent();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!used) {
            return Uni.createFrom()
                    .item(HealthCheckResponse.named("vector store")
                            .up()
                            .withData("store", "lucene")
                            .build());
        }
        return calls.reading(qdrant -> qdrant.service().healthCheck(HealthCheckRequest.getDefaultInstance()))
                .map(QdrantReadiness::up)
                .onFailure()
                .recoverWithItem(QdrantReadiness::down);
    }

    private static HealthCheckResponse up(HealthCheckReply reply) {
        return HealthCheckResponse.named("vector store")
                .up()
                .withData("store", "qdrant " + reply.getVersion())
                .build();
    }

    private static HealthCheckResponse down(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        return HealthCheckResponse.named("vector store")
                .down()
                .withData("reason", failure.reason())
                .withData("message", failure.message())
                .build();
    }
}
