package quintet.ingest.adapter.tika;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.adapter.tika.ParserWorker.Lost;
import quintet.ingest.adapter.tika.WorkerMessages.Reply;
import quintet.ingest.adapter.tika.WorkerMessages.Request;
import quintet.ingest.model.ParsedDocument;
import quintet.ingest.port.DocumentParser;

/**
 * {@link DocumentParser} in processes of their own, so many at once and each for so long: a file that takes too much time or
 * memory, or brings its parser down, fails alone. Workers are started when there is work, used again, and end when there is
 * none.
 */
@ApplicationScoped
class ParserWorkers implements DocumentParser {
    private static final Logger LOG = Logger.getLogger(ParserWorkers.class);

    private static final int STARTS_PER_FILE = 2;

    private final ParserConfig config;
    private final WorkerCommand command;
    private final WorkerMessages messages;
    private final Semaphore free;
    private final Set<ParserWorker> all = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedDeque<ParserWorker> idle = new ConcurrentLinkedDeque<>();
    private final ScheduledExecutorService timer;
    private volatile boolean stopping;

    ParserWorkers(ParserConfig config) {
        this.config = config;
        command = new WorkerCommand(config);
        messages = new WorkerMessages(config.maxTextCharacters());
        free = new Semaphore(config.workers(), true);
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("parser-deadlines").factory());
        long sweep = Math.max(1, config.idle().toMillis() / 2);
        var _ = timer.scheduleWithFixedDelay(this::endIdle, sweep, sweep, TimeUnit.MILLISECONDS);
    }

    @Override
    public ParsedDocument parse(Path file, String filename, String mimeType) {
        Request request = new Request(file.toAbsolutePath().toString(), filename, mimeType);
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
        try {
            return document(reply(request));
        } finally {
            free.release();
        }
    }

    /** A worker that is lost for no fault that can be told may have been killed by somebody: the file has one more try. */
    private Reply reply(Request request) {
        Lost lost;
        int starts = 0;
        do {
            ParserWorker worker = take();
            try {
                Reply reply = worker.parse(request, config.timeout(), timer);
                giveBack(worker);
                return reply;
            } catch (Lost e) {
                end(worker);
                lost = e;
            } catch (RejectedExecutionException e) {
                end(worker);
                throw stopping(e);
            }
            if (stopping) {
                throw stopping(lost);
            }
            LOG.warnf(lost.getCause(), "parser worker lost, loss=%s", lost.loss());
        } while (lost.loss() == ParserWorker.Loss.CRASH && ++starts < STARTS_PER_FILE);
        throw failure(lost.loss());
    }

    private Failure failure(ParserWorker.Loss loss) {
        return switch (loss) {
            case TIMEOUT ->
                Failure.invalidInput(
                        "PARSE_TIMEOUT",
                        "the file took longer than %d s to parse, the limit",
                        config.timeout().toSeconds());
            case MEMORY ->
                Failure.invalidInput(
                        "FILE_TOO_COMPLEX",
                        "the file needs more than %d MiB of memory to be parsed, the limit",
                        config.heap());
            case CRASH ->
                Failure.invalidInput(
                        "PARSER_CRASHED", "the parser broke down on the file %d times, the limit", STARTS_PER_FILE);
        };
    }

    private static ParsedDocument document(Reply reply) {
        if (reply.document() != null) {
            return reply.document();
        }
        if (reply.detail() != null) {
            LOG.infof("file can not be parsed, reason=%s detail=%s", reply.reason(), reply.detail());
        }
        throw Failure.invalidInput(
                reply.reason() == null ? "CORRUPT_FILE" : reply.reason(), "%s", String.valueOf(reply.message()));
    }

    private ParserWorker take() {
        @Nullable ParserWorker worker = idle.pollFirst();
        while (worker != null && !worker.isAlive()) {
            end(worker);
            worker = idle.pollFirst();
        }
        return worker == null ? start() : worker;
    }

    private ParserWorker start() {
        try {
            ParserWorker worker = ParserWorker.start(command, messages);
            all.add(worker);
            if (stopping) {
                end(worker);
                throw stopping(null);
            }
            return worker;
        } catch (IOException e) {
            throw Failure.unavailable("PARSER_UNAVAILABLE", "no process for the parser can be started: " + e, e);
        }
    }

    private void giveBack(ParserWorker worker) {
        if (worker.files() >= config.filesPerWorker() || !worker.isAlive()) {
            end(worker);
        } else {
            idle.addFirst(worker);
        }
    }

    private void endIdle() {
        for (ParserWorker worker : idle) {
            if (worker.idle().compareTo(config.idle()) > 0 && idle.remove(worker)) {
                end(worker);
            }
        }
    }

    private void end(ParserWorker worker) {
        if (all.remove(worker)) {
            worker.close();
        }
    }

    private static Failure stopping(@Nullable Throwable cause) {
        return Failure.unavailable("STOPPING", "the service is stopping", cause);
    }

    /** Ends all workers, also those that parse: what they work on is parsed after the next start. */
    @PreDestroy
    void stop() {
        stopping = true;
        timer.shutdownNow();
        all.forEach(this::end);
    }
}
