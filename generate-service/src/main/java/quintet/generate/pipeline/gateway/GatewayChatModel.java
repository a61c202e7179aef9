package quintet.generate.pipeline.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Completion;
import quintet.generate.port.ChatModel;
import quintet.generate.port.ModelReplicas;

/**
 * {@link ChatModel} over any number of model servers. A prompt is priced, waits for its turn, goes to the server that has its prefix,
 * and its tokens are passed on as they come; as long as none was, another server gets one chance.
 */
@ApplicationScoped
class GatewayChatModel implements ChatModel {
    private final String model;
    private final Optional<Gateway> gateway;

    GatewayChatModel(ModelReplicas replicas, GatewayConfig config, MeterRegistry meters) {
        this.model = replicas.model();
        this.gateway = replicas.all().isEmpty()
                ? Optional.empty()
                : Optional.of(new Gateway(replicas.all(), replicas.maxTokens(), config, meters));
        gateway.ifPresent(present -> replicas.onLook(present.admission()::look));
    }

    @Override
    public AnswerMode mode() {
        return AnswerMode.GENERATIVE;
    }

    @Override
    public boolean configured() {
        return gateway.isPresent();
    }

    @Override
    public String name() {
        return model;
    }

    @Override
    public Optional<Failure> refusal(Task task) {
        Gateway present = gateway.orElseThrow();
        Optional<Failure> refusal = present.admission().refusal(present.order(task));
        refusal.ifPresent(present.metrics()::refused);
        return refusal;
    }

    @Override
    public Multi<Completion> complete(Task task) {
        return Multi.createFrom().deferred(() -> new PromptRun(gateway.orElseThrow(), task).stream());
    }
}
