package quintet.local.client;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collections as files, with their vectors. */
public final class Bundles {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration IMPORT_TIMEOUT = Duration.ofHours(6);
    private static final int BUFFER_BYTES = 64 << 10;
    private static final Set<String> ON_THEIR_WAY = Set.of("RECEIVED", "PARSED", "CHUNKED", "EMBEDDED", "INDEXED");

    private static final int NOT_FOUND = 404;

    private final Api api;

    /** Behind a front door. */
    public Bundles(URI door) {
        this.api = new Api(door);
    }

    /**
     * Writes a collection to a file.
     *
     * @param originals whether the original bytes come along
     * @param received is told how many bytes have come
     */
    public void export(String collection, boolean originals, Path file, LongConsumer received)
            throws ApiException, IOException, InterruptedException {
        HttpRequest request = api.request(path(collection) + "/export?originals=" + originals)
                .timeout(TIMEOUT)
                .build();
        try (InputStream body = api.stream(request);
                OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long total = 0;
            for (int read = receive(body, buffer); read >= 0; read = receive(body, buffer)) {
                out.write(buffer, 0, read);
                total += read;
                received.accept(total);
            }
        }
    }

    private static int receive(InputStream body, byte[] buffer) throws ApiException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new ApiException(0, "The export broke off: " + e.getMessage());
        }
    }

    /**
     * Hands a bundle to a collection and follows until all of its documents are taken in.
     *
     * @param sent is told how many bytes have gone
     * @param progress is told what the service tells
     * @return what became of the documents
     */
    public JsonNode load(String collection, Path file, LongConsumer sent, Consumer<JsonNode> progress)
            throws ApiException, InterruptedException {
        // Without a length: bundles may be larger than what is taken with one.
        HttpRequest request = api.request(path(collection) + "/import")
                .timeout(IMPORT_TIMEOUT)
                .header("Content-Type", "application/gzip")
                .POST(BodyPublishers.ofInputStream(() -> new Counting(open(file), sent)))
                .build();
        try (InputStream stream = api.stream(request);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            EventParser parser = new EventParser();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                AnswerEvent event = parser.accept(line).orElse(null);
                if (event != null && event.name().equals("done")) {
                    return event.data();
                }
                if (event != null && event.name().equals("failed")) {
                    throw new ApiException(
                            0,
                            "%s [%s]"
                                    .formatted(
                                            event.data().path("detail").asString(""),
                                            event.data().path("reason").asString("")));
                }
                if (event != null) {
                    progress.accept(event.data());
                }
            }
        } catch (IOException e) {
            throw new ApiException(0, "The import broke off, do it again: " + e.getMessage());
        }
        throw new ApiException(0, "The import broke off before its end, do it again");
    }

    /** How many documents of a collection are neither found by searches yet nor given up. */
    public long onTheirWay(String collection) throws ApiException, InterruptedException {
        return counts(collection)
                .propertyStream()
                .filter(count -> ON_THEIR_WAY.contains(count.getKey()))
                .mapToLong(count -> count.getValue().asLong())
                .sum();
    }

    /** How many documents of a collection have failed. */
    public long failed(String collection) throws ApiException, InterruptedException {
        return counts(collection).path("FAILED").asLong();
    }

    /** Documents by their states; none for a collection that is not there. */
    private JsonNode counts(String collection) throws ApiException, InterruptedException {
        try {
            return api.send(api.request(path(collection)).timeout(TIMEOUT).build())
                    .body()
                    .path("counts");
        } catch (ApiException e) {
            if (e.status() == NOT_FOUND) {
                return JsonMapper.shared().createObjectNode();
            }
            throw e;
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String collection) {
        return "/v1/collections/"
                + URLEncoder.encode(collection, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Tells how much has been read. */
    private static final class Counting extends FilterInputStream {
        private final LongConsumer listener;
        private long total;

        Counting(InputStream in, LongConsumer listener) {
            super(in);
            this.listener = listener;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            total += read;
            listener.accept(total);
        }
    }
}
