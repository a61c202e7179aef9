package quintet.local.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import quintet.local.process.RotatingLog;

/** The launcher's own log, and the embedded broker's: a bounded file. */
public final class LauncherLog extends Handler {
    /** Name of its file. */
    public static final String NAME = "launcher";

    /** Says at every start that it ignores RabbitMQ's arguments, which we know. Kept: loggers are held weakly. */
    private static final Logger ARGUMENTS = Logger.getLogger("org.apache.qpid.server.queue.QueueArgumentsConverter");

    private static final Logger OWN = Logger.getLogger("quintet");

    private final RotatingLog log;

    private LauncherLog(RotatingLog log) {
        this.log = log;
    }

    /** Sends everything from {@code WARNING} on, and our own from {@code INFO} on, to the launcher's log. */
    public static void install(DataFolder data) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        OWN.setLevel(Level.INFO);
        ARGUMENTS.setLevel(Level.SEVERE);
        root.addHandler(new LauncherLog(new RotatingLog(data.log(NAME))));
    }

    @Override
    public void publish(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append("%tT.%<tL %-7s %s %s%n"
                .formatted(
                        entry.getInstant().atZone(ZoneId.systemDefault()),
                        entry.getLevel(),
                        shortName(entry.getLoggerName()),
                        entry.getMessage()));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            log.write(bytes, bytes.length);
        } catch (IOException e) {
            reportError("The launcher's log can't be written", e, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void flush() {
        // Every line goes to the operating system at once.
    }

    @Override
    public void close() {
        // Lines are written until the very end.
    }

    private static String shortName(@org.jspecify.annotations.Nullable String logger) {
        return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
    }
}
