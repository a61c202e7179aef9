package quintet.local.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import quintet.local.client.ApiException;
import quintet.local.client.DocumentStatus;
import quintet.local.client.Documents;

/** Hands files in, a few ahead of those that are being worked on, and follows each until it is ready or has failed. */
final class Ingestion {
    /** Documents handed in and not settled; more wait on disk rather than in the service's queue. */
    private static final int IN_FLIGHT = 32;

    private static final int ATTEMPTS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Documents documents;
    private final Deque<Map.Entry<String, Path>> waiting;
    private final IngestProgress progress;
    private final Map<String, DocumentStatus> underWay = new LinkedHashMap<>();
    private final Map<String, Path> files;

    Ingestion(Documents documents, Map<String, Path> files, Terminal terminal) {
        this.documents = documents;
        this.files = files;
        this.waiting = new ArrayDeque<>(files.entrySet());
        this.progress = new IngestProgress(terminal, files.size());
    }

    /** Returns whether nothing failed. */
    boolean run(boolean wait) throws InterruptedException {
        Instant begun = Instant.now();
        while (!waiting.isEmpty() || (wait && !underWay.isEmpty())) {
            while (!waiting.isEmpty() && (!wait || underWay.size() < IN_FLIGHT)) {
                handIn(waiting.removeFirst(), wait);
            }
            if (wait && !underWay.isEmpty()) {
                Thread.sleep(POLL);
                follow();
            }
        }
        return progress.finish(wait, Duration.between(begun, Instant.now()));
    }

    private void handIn(Map.Entry<String, Path> file, boolean wait) throws InterruptedException {
        try {
            Documents.Put put = retrying(() -> documents.put(file.getKey(), file.getValue()));
            if (put.unchanged() && put.document().isReady()) {
                progress.unchanged(file.getValue(), put.document());
            } else if (wait) {
                underWay.put(file.getKey(), put.document());
                progress.update(put.document());
            } else {
                progress.handedIn(file.getValue());
            }
        } catch (ApiException e) {
            progress.failed(file.getValue(), String.valueOf(e.getMessage()));
        }
    }

    private void follow() throws InterruptedException {
        for (String id : underWay.keySet().toArray(String[]::new)) {
            Path file = files.getOrDefault(id, Path.of(id));
            try {
                DocumentStatus now = retrying(() -> documents.get(id));
                progress.update(now);
                if (now.isSettled()) {
                    underWay.remove(id);
                    progress.settled(file, now);
                }
            } catch (ApiException e) {
                underWay.remove(id);
                progress.failed(file, String.valueOf(e.getMessage()));
            }
        }
    }

    private interface Request<T> {
        T send() throws ApiException, InterruptedException;
    }

    /** A service that restarts or is busy gets half a minute. */
    private static <T> T retrying(Request<T> request) throws ApiException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.send();
            } catch (ApiException e) {
                if (!e.isTransient() || attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
