package quintet.generate.adapter.openai;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import quintet.generate.port.ModelReplica;
import quintet.generate.port.ModelReplicas;

/** {@link ModelReplicas} from the configuration. Owns the connections to them and the watch over each. */
@ApplicationScoped
class OpenAiReplicas implements ModelReplicas {
    /** A connection a stream: their number is bounded where streams are admitted. */
    private static final int MOST_CONNECTIONS = 65_536;

    private final String model;
    private final int maxTokens;
    private final HttpClient completions;
    private final HttpClient looks;
    private final List<OpenAiReplica> replicas;
    private final List<LoadWatch> watches;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    OpenAiReplicas(Vertx vertx, OpenAiConfig config) {
        this.model = config.model();
        this.maxTokens = config.maxTokens();
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout((int) Math.max(1, config.keepAlive().toSeconds()))
                .setTcpNoDelay(true);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS);
        this.completions = vertx.createHttpClient(options, pool);
        // Looks are no part of any question's trace.
        this.looks = vertx.createHttpClient(new HttpClientOptions(options).setTracingPolicy(TracingPolicy.IGNORE));
        Optional<String> key = config.apiKeyFile().map(OpenAiReplicas::read);
        List<URI> urls = config.url().orElse(List.of());
        this.replicas = urls.stream()
                .distinct()
                .map(url -> new OpenAiReplica(vertx, completions, Endpoint.of(url, key), config))
                .toList();
        this.watches = replicas.stream()
                .map(replica -> new LoadWatch(vertx, looks, replica, config, this::looked))
                .toList();
        watches.forEach(LoadWatch::start);
    }

    private static String read(Path file) {
        try {
            String key = Files.readString(file).strip();
            // The client would name the whole value in its complaint.
            if (!key.matches("[\\x21-\\x7e]+")) {
                throw new IllegalArgumentException(
                        "the API key file %s must hold one line without spaces".formatted(file));
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("the API key file %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public int maxTokens() {
        return maxTokens;
    }

    @Override
    public List<ModelReplica> all() {
        return List.copyOf(replicas);
    }

    @Override
    public void onLook(Runnable listener) {
        listeners.add(listener);
    }

    private void looked() {
        listeners.forEach(Runnable::run);
    }

    @PreDestroy
    void close() {
        watches.forEach(LoadWatch::stop);
        looks.close();
        completions.close();
    }
}
