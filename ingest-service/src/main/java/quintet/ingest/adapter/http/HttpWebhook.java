package quintet.ingest.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.WebhookDelivery;
import quintet.ingest.port.Webhook;

/** {@link Webhook} as a signed POST of JSON; 2xx is accepted, everything else is not. Refuses to start half configured. */
@ApplicationScoped
@Startup
class HttpWebhook implements Webhook {
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    private static final int MIN_SECRET = 16;

    private final @Nullable URI url;
    private final @Nullable WebhookSignature signature;
    private final Duration timeout;
    private final ObjectMapper mapper;
    private final HttpClient client;

    HttpWebhook(WebhookConfig config, ObjectMapper mapper) {
        this.mapper = mapper;
        timeout = config.timeout().compareTo(MAX_TIMEOUT) < 0 ? config.timeout() : MAX_TIMEOUT;
        url = config.url().map(HttpWebhook::checked).orElse(null);
        signature = url == null
                ? null
                : new WebhookSignature(secret(config.secretFile().orElse(null)));
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public boolean named() {
        return url != null;
    }

    @Override
    public void deliver(WebhookDelivery delivery) {
        if (url == null || signature == null) {
            throw Failure.unavailable("WEBHOOK_UNREACHABLE", "no webhook is named", null);
        }
        byte[] body = json(delivery);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "quintet")
                .header(
                        "Webhook-Id",
                        "%s-%d-%d"
                                .formatted(
                                        delivery.collection(),
                                        delivery.events().getFirst().position(),
                                        delivery.events().getLast().position()))
                .header(
                        WebhookSignature.HEADER,
                        signature.of(body, Instant.now().getEpochSecond()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        int status = send(request);
        if (status / 100 != 2) {
            throw Failure.unavailable("WEBHOOK_REFUSED", "the webhook answered with status " + status, null);
        }
    }

    /** The request's own time-out ends with the headers; this one holds for an endless body too. */
    private int send(HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw Failure.unavailable("WEBHOOK_UNREACHABLE", "the webhook did not answer: " + cause(e), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    private static String cause(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName();
    }

    private byte[] json(WebhookDelivery delivery) {
        try {
            return mapper.writeValueAsBytes(delivery);
        } catch (JsonProcessingException e) {
            throw Failure.internal(e);
        }
    }

    private static URI checked(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalStateException("quintet.ingest.webhook.url is '%s', must be http or https".formatted(url));
        }
        return url;
    }

    private static String secret(@Nullable Path file) {
        if (file == null) {
            throw new IllegalStateException("quintet.ingest.webhook.url is set, secret-file is not");
        }
        try {
            String secret = Files.readString(file).strip();
            if (secret.length() < MIN_SECRET) {
                throw new IllegalStateException(
                        "quintet.ingest.webhook.secret-file has %d characters, must have at least %d"
                                .formatted(secret.length(), MIN_SECRET));
            }
            return secret;
        } catch (IOException e) {
            throw new IllegalStateException("quintet.ingest.webhook.secret-file can not be read: " + file, e);
        }
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
