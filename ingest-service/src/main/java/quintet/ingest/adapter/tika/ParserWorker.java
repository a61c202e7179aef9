package quintet.ingest.adapter.tika;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import quintet.ingest.adapter.tika.WorkerMessages.Reply;
import quintet.ingest.adapter.tika.WorkerMessages.Request;

/** A worker process seen from this side, with a folder of its own for temporary files. For one thread at a time. */
final class ParserWorker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ParserWorker.class);

    /** What {@code -XX:+ExitOnOutOfMemoryError} ends a process with. */
    private static final int OUT_OF_MEMORY = 3;

    private final Process process;
    private final Path folder;
    private final WorkerMessages messages;
    private final DataInputStream in;
    private final OutputStream out;

    private int files;
    private volatile long lastUsed = System.nanoTime();

    private ParserWorker(Process process, Path folder, WorkerMessages messages) {
        this.process = process;
        this.folder = folder;
        this.messages = messages;
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        out = process.getOutputStream();
    }

    /** Why there is no reply. */
    enum Loss {
        /** It took too long, and the process was killed. */
        TIMEOUT,
        /** It needed more memory than there is, which ended the process. */
        MEMORY,
        /** The process ended otherwise, or spoke nonsense. */
        CRASH
    }

    /** The worker is lost, and with it what it worked on. */
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        private final Loss loss;

        private Lost(Loss loss, Throwable cause) {
            super("parser worker lost: " + loss, cause);
            this.loss = loss;
        }

        Loss loss() {
            return loss;
        }
    }

    static ParserWorker start(WorkerCommand command, WorkerMessages messages) throws IOException {
        Path folder = WorkerFolder.create();
        try {
            return new ParserWorker(
                    command.in(folder)
                            .redirectError(folder.resolve("stderr.log").toFile())
                            .start(),
                    folder,
                    messages);
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    /** Blocks for {@code timeout} at most. A worker that is lost is to be closed. */
    Reply parse(Request request, Duration timeout, ScheduledExecutorService timer) throws Lost {
        ScheduledFuture<?> deadline = timer.schedule(process::destroyForcibly, timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            messages.write(out, request);
            Reply reply = messages.readReply(in);
            files++;
            lastUsed = System.nanoTime();
            return reply;
        } catch (IOException e) {
            throw new Lost(loss(deadline), e);
        } finally {
            deadline.cancel(false);
        }
    }

    private Loss loss(ScheduledFuture<?> deadline) {
        if (deadline.isDone()) {
            return Loss.TIMEOUT;
        }
        process.destroyForcibly();
        return process.onExit().join().exitValue() == OUT_OF_MEMORY ? Loss.MEMORY : Loss.CRASH;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int files() {
        return files;
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    long pid() {
        return process.pid();
    }

    /** Kills the process, which holds nothing that is worth a farewell, and removes its folder when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        var _ = process.onExit().thenRun(() -> delete(folder));
    }

    private static void delete(Path folder) {
        try {
            WorkerFolder.delete(folder);
        } catch (IOException e) {
            LOG.warnf("temporary files of a parser stay, folder=%s reason=%s", folder, e);
        }
    }
}
