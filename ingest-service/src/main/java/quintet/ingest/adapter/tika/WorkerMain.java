package quintet.ingest.adapter.tika;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.LogManager;
import quintet.failure.Failure;
import quintet.ingest.adapter.tika.WorkerMessages.Reply;
import quintet.ingest.adapter.tika.WorkerMessages.Request;

/**
 * A process that parses one file at a time for ingest-service, so that a hostile one can be stopped, and harms nothing but
 * its own document: requests come on standard input, replies go to standard output. It ends with its input, whatever
 * the parser is doing.
 */
final class WorkerMain {
    /** Deeply nested files recurse deeply; what needs more than this fails. */
    private static final long STACK_BYTES = 4L << 20;

    private static final Set<String> LOCAL_PROTOCOLS = Set.of("file", "jar", "jrt");

    private final FileParser parser;
    private final WorkerMessages messages;
    private final OutputStream out;

    private WorkerMain(int maxCharacters, OutputStream out) {
        parser = new FileParser(maxCharacters);
        messages = new WorkerMessages(maxCharacters);
        this.out = out;
    }

    /** Takes the number of characters that a file may yield. */
    public static void main(String[] arguments) {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        keepStandardOutputForReplies();
        refuseConnections();
        new WorkerMain(Integer.parseInt(arguments[0]), out)
                .serve(new DataInputStream(new FileInputStream(FileDescriptor.in)));
    }

    private static void keepStandardOutputForReplies() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        System.setOut(nowhere);
        System.setErr(nowhere);
        LogManager.getLogManager().reset();
    }

    /** No parser is meant to fetch what a file points to; here none could by a URL. Names are not resolved either. */
    private static void refuseConnections() {
        URL.setURLStreamHandlerFactory(protocol -> LOCAL_PROTOCOLS.contains(protocol) ? null : new RefusingHandler());
    }

    private void serve(DataInputStream in) {
        try {
            while (true) {
                Request request = messages.readRequest(in);
                // On a thread of its own: this one has to notice the end of the input meanwhile.
                Thread thread = new Thread(null, () -> answer(request), "parser", STACK_BYTES);
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException _) {
            // The service has no more work, or is gone: then nobody else tidies up.
            tidyUp();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void tidyUp() {
        try {
            WorkerFolder.delete(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException _) {
            // The system clears its temporary files some day.
        }
    }

    private void answer(Request request) {
        try {
            messages.write(out, parse(request));
        } catch (IOException _) {
            Runtime.getRuntime().halt(1);
        }
    }

    private Reply parse(Request request) {
        try {
            return Reply.of(parser.parse(Path.of(request.file()), request.filename(), request.mimeType()));
        } catch (Failure e) {
            return Reply.refusal(e.reason(), e.message(), null);
        } catch (StackOverflowError _) {
            return Reply.refusal("FILE_TOO_DEEP", "the file is nested deeper than the parser can follow", null);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Parsers throw anything at all on damaged files.
            return Reply.refusal("CORRUPT_FILE", "the file can not be read; it may be damaged", e.toString());
        }
    }

    private static final class RefusingHandler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            throw new IOException("a parser asked for a connection by " + url.getProtocol());
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            return openConnection(url);
        }
    }
}
