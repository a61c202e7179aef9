package quintet.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import quintet.bench.faults.Operation.Kind;
import quintet.bench.faults.Operation.Outcome;

/**
 * What the suite acknowledged, outside the suite: a file that only grows, a JSON object a line, on disk before the next request of the
 * same document. A line before each request says that it was sent, a line after it what became of it.
 *
 * <p>Thread-safe.
 */
final class AcknowledgementLog implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileChannel channel;

    /** Begins a new file. */
    AcknowledgementLog(Path file) {
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a line; durable when it returns. */
    void append(Subject subject, Operation operation) {
        String line = JSON.createObjectNode()
                        .put("at", Instant.now().toString())
                        .put("collection", subject.collection())
                        .put("document", subject.number())
                        .put("operation", operation.number())
                        .put("kind", operation.kind().name())
                        .put("edition", operation.edition())
                        .put("sha256", operation.sha256())
                        .put("outcome", operation.outcome().name())
                        .put("version", operation.version())
                + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            synchronized (this) {
                while (bytes.hasRemaining()) {
                    int _ = channel.write(bytes);
                }
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file back: the history of each document. */
    static Map<Subject, History> read(Path file) {
        ConcurrentMap<Subject, History> histories = new ConcurrentHashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode entry = JSON.readTree(line);
                Subject subject = new Subject(
                        entry.path("collection").asText(),
                        entry.path("document").asInt());
                histories
                        .computeIfAbsent(subject, _ -> new History())
                        .note(new Operation(
                                entry.path("operation").asInt(),
                                Kind.valueOf(entry.path("kind").asText()),
                                entry.path("edition").asInt(),
                                entry.path("sha256").asText(),
                                Outcome.valueOf(entry.path("outcome").asText()),
                                entry.path("version").asLong()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return histories;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
