package quintet.local.client;

import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The documents of a collection. */
public final class Documents {
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Api api;
    private final String path;

    /** Documents behind a front door. */
    public Documents(URI door, String collection) {
        this.api = new Api(door);
        this.path = "/v1/collections/" + encode(collection) + "/documents";
    }

    /**
     * What came of handing a document in.
     *
     * @param unchanged whether the same bytes were there already
     */
    public record Put(DocumentStatus document, boolean unchanged) {}

    /** Hands a file in under an id; the service finds out what it is. */
    public Put put(String id, Path file) throws ApiException, InterruptedException {
        try {
            return put(id, file.getFileName().toString(), BodyPublishers.ofFile(file));
        } catch (FileNotFoundException e) {
            throw new ApiException(0, "The file can't be read: " + e.getMessage());
        }
    }

    /** Hands bytes in under an id. */
    public Put put(String id, String filename, byte[] content) throws ApiException, InterruptedException {
        return put(id, filename, BodyPublishers.ofByteArray(content));
    }

    /** How far a document is. */
    public DocumentStatus get(String id) throws ApiException, InterruptedException {
        HttpRequest request =
                api.request(path + "/" + encode(id)).timeout(TIMEOUT).build();
        return DocumentStatus.of(api.send(request).body());
    }

    private Put put(String id, String filename, HttpRequest.BodyPublisher body)
            throws ApiException, InterruptedException {
        HttpRequest request = api.request(path + "/" + encode(id) + "?filename=" + encode(filename))
                .timeout(UPLOAD_TIMEOUT)
                .header("Content-Type", "application/octet-stream")
                .PUT(body)
                .build();
        Api.Reply reply = api.send(request);
        return new Put(
                DocumentStatus.of(reply.body()), reply.body().path("unchanged").asBoolean(false));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
