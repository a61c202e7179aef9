package quintet.generate.pipeline.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import quintet.generate.port.ChatModel;
import quintet.generate.port.ModelReplica;

/** What all prompts share on their way to the model servers. */
final class Gateway {
    private final Admission admission;
    private final GatewayMetrics metrics;
    private final PromptPrice prices = new PromptPrice();
    private final Duration firstTokenTimeout;
    private final Duration betweenTokensTimeout;

    Gateway(List<ModelReplica> replicas, int maxTokens, GatewayConfig config, MeterRegistry meters) {
        this.admission = new Admission(replicas, maxTokens, config);
        this.metrics = new GatewayMetrics(meters, admission);
        this.firstTokenTimeout = config.firstTokenTimeout();
        this.betweenTokensTimeout = config.betweenTokensTimeout();
    }

    Admission admission() {
        return admission;
    }

    GatewayMetrics metrics() {
        return metrics;
    }

    PromptPrice prices() {
        return prices;
    }

    Duration firstTokenTimeout() {
        return firstTokenTimeout;
    }

    Duration betweenTokensTimeout() {
        return betweenTokensTimeout;
    }

    /** Returns a task as admission sees it. */
    Order order(ChatModel.Task task) {
        long price = prices.of(task.prompt()) + admission.answerTokens();
        return new Order(task.asker(), Hashing.prefix(task.prompt()), price, task.deadline());
    }
}
