package quintet.generate.pipeline.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quintet.generate.model.Asker;
import quintet.generate.model.Deadline;
import quintet.generate.model.Message;
import quintet.generate.model.Message.Speaker;
import quintet.generate.model.Priority;
import quintet.generate.port.ChatModel;
import quintet.generate.port.ModelReplicas;

/** The gateway without a service around it. */
final class TestGateway {
    private TestGateway() {}

    static GatewayChatModel over(ModelReplicas replicas, Map<String, String> values) {
        return new GatewayChatModel(replicas, config(values), new SimpleMeterRegistry());
    }

    /** Returns the configuration with other values for names such as {@code max-wait}. */
    static GatewayConfig config(Map<String, String> values) {
        Map<String, String> named = new HashMap<>();
        values.forEach((name, value) -> named.put("quintet.generate.gateway." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(GatewayConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(named)
                .build()
                .getConfigMapping(GatewayConfig.class);
    }

    static ChatModel.Task task(String question, Duration time) {
        return task(question, time, new Asker("default", Priority.INTERACTIVE));
    }

    static ChatModel.Task task(String question, Duration time, Asker asker) {
        List<Message> prompt = List.of(new Message(Speaker.SYSTEM, "Answer."), new Message(Speaker.USER, question));
        return new ChatModel.Task(question, List.of(), prompt, asker, Deadline.after(time));
    }
}
