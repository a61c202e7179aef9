package quintet.bench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import quintet.bench.data.RetrievalSet;
import quintet.bench.report.Progress;

/** A collection of its own for one measurement; its documents are deleted when it is closed. */
public final class ScratchCollection implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration SINGLE_POLL = Duration.ofMillis(10);
    private static final Duration STALL = Duration.ofMinutes(10);
    private static final int PAGE = 1000;
    private static final Set<String> UNFINISHED = Set.of("RECEIVED", "PARSED", "CHUNKED", "EMBEDDED", "INDEXED");

    private final HttpJson http;
    private final Progress progress;
    private final String name;
    private final String documents;

    /** Names a collection that does not exist yet. */
    public ScratchCollection(SuiteClient suite, Progress progress, String purpose) {
        this.http = suite.http();
        this.progress = progress;
        this.name = "bench-" + purpose + "-" + UUID.randomUUID().toString().substring(0, 8);
        this.documents = "/v1/collections/" + name + "/documents";
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Says what counts as the same for the documents that come from now on. */
    public void deduplicate(ObjectNode settings) {
        ObjectNode body = HttpJson.object();
        body.set("deduplication", settings);
        JsonNode _ = http.put("/v1/collections/" + name, body);
    }

    /** Returns the id of the document that answers for it, by the id of each alias. */
    public Map<String, String> originals() {
        Map<String, String> originals = new TreeMap<>();
        forEachDocument(document -> {
            String original = document.path("duplicateOf").path("documentId").asText();
            if (!original.isEmpty()) {
                originals.put(document.path("id").asText(), original);
            }
        });
        return originals;
    }

    /** Makes it with settings, before its first document. */
    public void create(JsonNode settings) {
        JsonNode _ = http.put("/v1/collections/" + name, settings);
    }

    /** Sends files in one request and waits until all are READY. */
    public void ingest(List<Path> files) {
        String boundary = "quintet-" + UUID.randomUUID();
        JsonNode reply = http.post(documents, "multipart/form-data; boundary=" + boundary, multipart(files, boundary));
        if (!reply.path("rejected").isEmpty()) {
            throw new SuiteException("refused: " + reply.path("rejected"));
        }
        awaitReady(files.size());
    }

    /**
     * Sends texts, a document each, and waits until all are READY. The id of a document is {@code d} and its position, since ids
     * of retrieval sets may hold characters that ids of documents may not.
     */
    public void ingestTexts(List<RetrievalSet.Text> texts) {
        sendTexts(texts);
        awaitReady(texts.size());
    }

    /** Sends texts as {@link #ingestTexts} does and returns once all are acknowledged. */
    public void sendTexts(List<RetrievalSet.Text> texts) {
        AtomicInteger sent = new AtomicInteger();
        Clients.run(8, IntStream.range(0, texts.size()).boxed().toList(), i -> {
            RetrievalSet.Text text = texts.get(i);
            var body = HttpJson.object().put("text", text.text());
            if (!text.title().isBlank()) {
                body.put("title", text.title());
            }
            JsonNode _ = http.put(documents + "/d" + i, body);
            progress.show("sent to " + name, sent.incrementAndGet(), texts.size());
        });
    }

    /** Sends one text more and returns how long it took from there to READY. */
    public Duration timeOfOne(String text) {
        long start = System.nanoTime();
        String document = documents + "/one-" + UUID.randomUUID();
        JsonNode _ = http.put(document, HttpJson.object().put("text", text));
        while (true) {
            JsonNode reply = http.get(document);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            switch (reply.path("state").asText()) {
                case "READY" -> {
                    return elapsed;
                }
                case "FAILED" ->
                    throw new SuiteException("a document failed because: "
                            + reply.path("failure").path("message").asText());
                default -> {
                    if (elapsed.compareTo(STALL) > 0) {
                        throw new SuiteException("a document was not READY after %d s: %s"
                                .formatted(STALL.toSeconds(), reply.path("state")));
                    }
                }
            }
            Interruption.pause(SINGLE_POLL);
        }
    }

    /** Returns how many documents are not READY yet. */
    public int unfinished() {
        int unfinished = 0;
        for (Map.Entry<String, JsonNode> count :
                http.get(documents + "?limit=1").path("counts").properties()) {
            unfinished += UNFINISHED.contains(count.getKey()) ? count.getValue().asInt() : 0;
        }
        return unfinished;
    }

    /** Returns how many passages its documents have; at most a thousand documents. */
    public int passages() {
        int passages = 0;
        for (JsonNode document : http.get(documents + "?limit=" + PAGE).path("documents")) {
            passages += document.path("chunkCount").asInt();
        }
        return passages;
    }

    /** Returns, for each state, when the last document came into it, counted from when the first was received. */
    public Map<String, Duration> lastOfEachState() {
        Instant first = Instant.MAX;
        Map<String, Instant> last = new TreeMap<>();
        for (JsonNode document : http.get(documents + "?limit=" + PAGE).path("documents")) {
            for (Map.Entry<String, JsonNode> state : document.path("times").properties()) {
                Instant at = Instant.parse(state.getValue().asText());
                last.merge(state.getKey(), at, (one, other) -> one.isAfter(other) ? one : other);
                first = at.isBefore(first) ? at : first;
            }
        }
        Map<String, Duration> after = new TreeMap<>();
        for (Map.Entry<String, Instant> state : last.entrySet()) {
            after.put(state.getKey(), Duration.between(first, state.getValue()));
        }
        return after;
    }

    /** Returns the position of a text by the id of its document. */
    public static int position(String documentId) {
        return Integer.parseInt(documentId.substring(1));
    }

    /** Waits until so many documents are READY; fails when one fails or none becomes so for long. */
    public void awaitReady(int expected) {
        int before = 0;
        long lastNews = System.nanoTime();
        while (true) {
            JsonNode counts = http.get(documents + "?limit=1").path("counts");
            int ready = counts.path("READY").asInt();
            int failed = counts.path("FAILED").asInt();
            if (failed > 0) {
                JsonNode first = http.get(documents + "?state=FAILED&limit=1")
                        .path("documents")
                        .path(0);
                throw new SuiteException("%d documents failed, the first, %s, because: %s"
                        .formatted(
                                failed,
                                first.path("filename").asText(first.path("id").asText()),
                                first.path("failure").path("message").asText()));
            }
            progress.show("ready in " + name, ready, expected);
            if (ready >= expected) {
                return;
            }
            if (ready > before) {
                before = ready;
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > STALL.toNanos()) {
                throw new SuiteException("%d of %d documents are READY and none has become so for %d s: %s"
                        .formatted(ready, expected, STALL.toSeconds(), counts));
            }
            Interruption.pause(POLL);
        }
    }

    private static BodyPublisher multipart(List<Path> files, String boundary) {
        List<BodyPublisher> parts = new ArrayList<>();
        for (Path file : files) {
            parts.add(BodyPublishers.ofString(
                    """
                    --%s\r
                    Content-Disposition: form-data; name="file"; filename="%s"\r
                    Content-Type: %s\r
                    \r
                    """.formatted(boundary, file.getFileName(), type(file)), StandardCharsets.UTF_8));
            try {
                parts.add(BodyPublishers.ofFile(file));
            } catch (IOException e) {
                throw new SuiteException("cannot read " + file, e);
            }
            parts.add(BodyPublishers.ofString("\r\n"));
        }
        parts.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static String type(Path file) {
        try {
            String type = Files.probeContentType(file);
            return type == null ? "application/octet-stream" : type;
        } catch (IOException e) {
            throw new SuiteException("cannot read " + file, e);
        }
    }

    /** Deletes its documents. */
    @Override
    public void close() {
        Interruption.shield(this::deleteDocuments);
    }

    private void deleteDocuments() {
        List<String> ids = new ArrayList<>();
        forEachDocument(document -> ids.add(document.path("id").asText()));
        Clients.run(8, ids, id -> http.delete(documents + "/" + id));
    }

    private void forEachDocument(Consumer<JsonNode> visitor) {
        String cursor = "";
        do {
            JsonNode page = http.get(documents + "?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("documents").forEach(visitor);
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
    }
}
