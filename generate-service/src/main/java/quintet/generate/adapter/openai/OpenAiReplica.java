package quintet.generate.adapter.openai;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.List;
import quintet.generate.model.Completion;
import quintet.generate.model.Message;
import quintet.generate.model.ReplicaLoad;
import quintet.generate.port.ModelReplica;

/** {@link ModelReplica} over a server that speaks OpenAI's chat completions: vLLM, SGLang, TGI, llama.cpp's server, Ollama, OpenAI. */
final class OpenAiReplica implements ModelReplica {
    private final Vertx vertx;
    private final HttpClient client;
    private final Endpoint endpoint;
    private final CompletionBody body;
    private final int maxEventSize;
    private volatile ReplicaLoad load = ReplicaLoad.UNKNOWN;

    OpenAiReplica(Vertx vertx, HttpClient client, Endpoint endpoint, OpenAiConfig config) {
        this.vertx = vertx;
        this.client = client;
        this.endpoint = endpoint;
        this.body = new CompletionBody(config);
        this.maxEventSize =
                (int) Math.min(Integer.MAX_VALUE - 8, config.maxEventSize().asLongValue());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Takes in what a look has found. */
    void look(ReplicaLoad found) {
        load = found;
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public ReplicaLoad load() {
        return load;
    }

    @Override
    public Multi<Completion> complete(List<Message> prompt, Patience patience) {
        return new CompletionStream(vertx, client, endpoint, body.of(prompt), patience, maxEventSize);
    }
}
