package quintet.bench.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quintet.bench.suite.Interruption;
import quintet.bench.suite.SuiteException;
import quintet.mock.Stamp;

/** Reads many streams at once and notes when each token came. */
final class StreamLoad {
    private static final long LIMIT_SECONDS = 120;
    private static final String CONTENT = "\"content\":\"";
    private static final Pattern STAGE_MS = Pattern.compile("\"(?:retrieve|rerank)Ms\":([0-9.]+)");
    private static final Pattern DEGRADED = Pattern.compile("\"degraded\":\\[[^]]");

    private final HttpClient client;

    StreamLoad(Vertx vertx) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(4),
                new PoolOptions().setHttp1MaxSize(4096));
    }

    /** Opens so many streams at once and reads each to its end. */
    List<StreamTimes> run(int port, String body, int streams, int tokens) {
        List<CompletableFuture<StreamTimes>> all = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            all.add(new OneStream(tokens).open(port, body));
        }
        List<StreamTimes> times = new ArrayList<>();
        try {
            for (CompletableFuture<StreamTimes> stream : all) {
                times.add(stream.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            }
        } catch (InterruptedException e) {
            throw Interruption.failure("the measurement", e);
        } catch (TimeoutException e) {
            throw new SuiteException("a stream did not end within " + LIMIT_SECONDS + " s", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof SuiteException failure
                    ? failure
                    : new SuiteException("a stream failed: " + e.getCause(), e);
        }
        return times;
    }

    /** One stream, on one event loop. */
    private final class OneStream {
        private final CompletableFuture<StreamTimes> result = new CompletableFuture<>();
        private final long[] left;
        private final long[] came;
        private int count;
        private long arrived;
        private double stagesMs;
        private String last = "";

        OneStream(int tokens) {
            left = new long[tokens];
            came = new long[tokens];
        }

        CompletableFuture<StreamTimes> open(int port, String body) {
            Buffer bytes = Buffer.buffer(body);
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setURI("/v1/chat/completions")
                    .putHeader("Content-Type", "application/json");
            client.request(options)
                    .onSuccess(request -> {
                        // From here on: opening a connection is nobody's addition.
                        long sent = System.nanoTime();
                        request.send(bytes)
                                .onSuccess(response -> read(response, sent))
                                .onFailure(result::completeExceptionally);
                    })
                    .onFailure(result::completeExceptionally);
            return result;
        }

        private void read(HttpClientResponse response, long sent) {
            if (response.statusCode() != 200) {
                response.body()
                        .onSuccess(body -> result.completeExceptionally(new SuiteException(
                                "a stream was refused with status %d: %.500s".formatted(response.statusCode(), body))))
                        .onFailure(result::completeExceptionally);
                return;
            }
            RecordParser lines = RecordParser.newDelimited("\n", line -> line(line.toString(StandardCharsets.UTF_8)));
            response.handler(lines);
            response.exceptionHandler(result::completeExceptionally);
            response.endHandler(_ -> {
                if (response.statusCode() != 200 || count != left.length || !last.contains("[DONE]")) {
                    result.completeExceptionally(
                            new SuiteException("a stream ended with status %d after %d of %d tokens: %.300s"
                                    .formatted(response.statusCode(), count, left.length, last)));
                } else {
                    result.complete(new StreamTimes(sent, arrived, stagesMs, left, came));
                }
            });
        }

        private void line(String line) {
            if (line.isBlank()) {
                return;
            }
            long now = System.nanoTime();
            last = line;
            int content = line.indexOf(CONTENT);
            int from = content + CONTENT.length();
            if (content >= 0 && line.charAt(from) != '"' && count < left.length) {
                Stamp stamp = Stamp.parse(line.substring(from, line.indexOf('"', from)));
                arrived = stamp.arrivedNanos();
                left[count] = stamp.leftNanos();
                came[count++] = now;
            }
            if (DEGRADED.matcher(line).find()) {
                result.completeExceptionally(new SuiteException("an answer was degraded: " + line));
            }
            Matcher stages = STAGE_MS.matcher(line);
            while (stages.find()) {
                stagesMs += Double.parseDouble(stages.group(1));
            }
        }
    }
}
