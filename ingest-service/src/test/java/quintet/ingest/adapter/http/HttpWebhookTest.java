package quintet.ingest.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.StateEvent;
import quintet.ingest.model.WebhookDelivery;

class HttpWebhookTest {
    private static final WebhookDelivery DELIVERY = new WebhookDelivery(
            "c",
            6,
            List.of(new StateEvent(
                    7, "c", "d", 1, DocumentState.READY, Instant.parse("2026-01-02T03:04:05Z"), 2, 2, 1, null)));

    @TempDir
    Path folder;

    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void signsWhatItSends() throws IOException {
        receiver.webhook(folder).deliver(DELIVERY);
        WebhookReceiver.Request request = receiver.requests.getFirst();
        assertThat(request.path()).isEqualTo("/hook");
        assertThat(request.id()).isEqualTo("c-7-7");
        assertThat(request.body()).contains("\"previousPosition\":6", "\"state\":\"READY\"", "2026-01-02T03:04:05Z");
        assertThat(request.signature()).matches("t=\\d+,v1=[0-9a-f]{64}");
        long time = Long.parseLong(request.signature().replaceAll("t=(\\d+),.*", "$1"));
        assertThat(time)
                .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());
        assertThat(new WebhookSignature(WebhookReceiver.SECRET)
                        .of(request.body().getBytes(UTF_8), time))
                .isEqualTo(request.signature());
        assertThat(new WebhookSignature("another secret, longer")
                        .of(request.body().getBytes(UTF_8), time))
                .isNotEqualTo(request.signature());
    }

    /** The value is that of {@code printf '1700000000.{}' | openssl dgst -sha256 -hmac secret}. */
    @Test
    void signsAsOthersDo() {
        assertThat(new WebhookSignature("secret").of("{}".getBytes(UTF_8), 1_700_000_000))
                .isEqualTo("t=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163");
    }

    @Test
    void followsNoRedirectAndTakesNothingButSuccess() throws IOException {
        receiver.statuses.addAll(List.of(302, 500, 410, 204));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> receiver.webhook(folder).deliver(DELIVERY))
                    .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("WEBHOOK_REFUSED"));
        }
        receiver.webhook(folder).deliver(DELIVERY);
        assertThat(receiver.requests).extracting(WebhookReceiver.Request::path).containsOnly("/hook");
    }

    @Test
    void givesUpAnAnswerWithoutEndAndAProgramThatIsNotThere() throws IOException {
        receiver.statuses.add(599);
        assertThatThrownBy(() -> receiver.webhook(folder, "300ms").deliver(DELIVERY))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("WEBHOOK_UNREACHABLE"));
        var webhook = receiver.webhook(folder);
        receiver.close();
        assertThatThrownBy(() -> webhook.deliver(DELIVERY))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("WEBHOOK_UNREACHABLE"));
    }

    @Test
    void refusesToStartHalfConfigured() throws IOException {
        Path tooShort = Files.writeString(folder.resolve("short"), "abc");
        for (Map<String, String> config : List.of(
                Map.of("url", "ftp://example.org/"),
                Map.of("url", "http://example.org/"),
                Map.of("url", "http://example.org/", "secret-file", tooShort.toString()),
                Map.of("url", "http://example.org/", "secret-file", "/no/such/file"))) {
            assertThatThrownBy(() -> webhook(config)).as("%s", config).isInstanceOf(IllegalStateException.class);
        }
        assertThat(webhook(Map.of()).named()).isFalse();
    }

    private static HttpWebhook webhook(Map<String, String> config) {
        Map<String, String> properties = new java.util.HashMap<>();
        config.forEach((name, value) -> properties.put("quintet.ingest.webhook." + name, value));
        return new HttpWebhook(TestConfigs.of(WebhookConfig.class, properties), WebhookReceiver.mapper());
    }
}
