package quintet.ingest.adapter.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.adapter.tika.WorkerMessages.Request;
import quintet.ingest.model.ParsedDocument;

/** What becomes of a file whose parser hangs, dies or eats memory, and of the processes. */
@Timeout(120)
class ParserWorkersTest {
    private final List<ParserWorkers> started = new ArrayList<>();

    /** Processes of other tests in this JVM. */
    private final Set<Long> foreign =
            ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        started.forEach(ParserWorkers::stop);
        await().until(() -> workers().isEmpty());
    }

    @Test
    void killsTheParserOfAFileThatTakesTooLongAndGoesOn() throws Exception {
        ParserWorkers parser = parser(Map.of("timeout", "8s"));
        Path endless = fifo();
        Failure failure = refusal(parser, endless);
        assertThat(failure.reason()).isEqualTo("PARSE_TIMEOUT");
        assertThat(failure.message()).contains("8 s");
        readsTheNextOne(parser);
    }

    @Test
    void refusesAFileThatNeedsTooMuchMemoryAndGoesOn() throws Exception {
        ParserWorkers parser = parser(Map.of("heap", "64"));
        Path greedy = file("greedy.html", "<html><body>" + "<p><b>x</b>".repeat(2_000_000) + "</body></html>");
        Failure failure = refusal(parser, greedy);
        assertThat(failure.reason()).isEqualTo("FILE_TOO_COMPLEX");
        assertThat(failure.message()).contains("64 MiB");
        readsTheNextOne(parser);
    }

    @Test
    void parsesAgainWhatAKilledParserWorkedOn() throws Exception {
        ParserWorkers parser = parser(Map.of());
        Path pipe = fifo();
        CompletableFuture<ParsedDocument> parsed = CompletableFuture.supplyAsync(() -> parser.parse(pipe, "a.txt", ""));
        ProcessHandle first = anotherThan(0);
        Files.move(file("a.txt", "Read at last."), pipe, StandardCopyOption.REPLACE_EXISTING);
        first.destroyForcibly();
        assertThat(text(parsed.get())).isEqualTo("Read at last.");
    }

    @Test
    void givesUpOnAFileThatBringsItsParserDownTwice() throws Exception {
        ParserWorkers parser = parser(Map.of());
        Path pipe = fifo();
        CompletableFuture<Failure> failure = CompletableFuture.supplyAsync(() -> refusal(parser, pipe));
        ProcessHandle first = anotherThan(0);
        first.destroyForcibly();
        anotherThan(first.pid()).destroyForcibly();
        assertThat(failure.get().reason()).isEqualTo("PARSER_CRASHED");
        assertThat(failure.get().kind()).isEqualTo(Failure.Kind.INVALID_INPUT);
    }

    @Test
    void endsWithItsOwnerEvenWhileItParses() throws Exception {
        Path temporary = WorkerFolder.create();
        Process process = new WorkerCommand(config(Map.of())).in(temporary).start();
        new WorkerMessages(1_000).write(process.getOutputStream(), new Request(fifo().toString(), "a.txt", ""));
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
        assertThat(temporary).doesNotExist();
    }

    @Test
    void seesNoSecretOfTheEnvironment() throws Exception {
        Path environ = Path.of("/proc/self/environ");
        Assumptions.assumeTrue(Files.exists(environ), "no /proc here to see the environment of a process in");
        ParserWorkers parser = parser(Map.of());
        parser.parse(file("a.txt", "Some text."), "a.txt", "");
        long pid = workers().getFirst().pid();
        Set<String> names = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
                .lines()
                .flatMap(line -> List.of(line.split("\0")).stream())
                .map(variable -> variable.split("=", 2)[0])
                .collect(Collectors.toSet());
        assertThat(names).isSubsetOf("LANG", "LC_ALL", "LC_CTYPE", "MALLOC_ARENA_MAX");
    }

    @Test
    void asksNobodyForWhatAFilePointsTo() throws Exception {
        ParserWorkers parser = parser(Map.of());
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(() -> {
                try {
                    server.accept().close();
                    return true;
                } catch (IOException _) {
                    return false;
                }
            });
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
            parser.parse(file("a.html", """
                    <!DOCTYPE html SYSTEM "%1$s.dtd"><html><head><link rel="stylesheet" href="%1$s.css">
                    <base href="%1$s"><meta http-equiv="refresh" content="0;url=%1$s"></head>
                    <body><img src="%1$s.png"><iframe src="%1$s.html"></iframe><object data="%1$s.swf"></object>
                    <p>words</p></body></html>""".formatted(url)), "a.html", "");
            parser.parse(file("a.eml", """
                    From: a@example.org
                    Subject: pointers
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/html

                    <img src="%1$s.png"><p>words</p>
                    --b
                    Content-Type: message/external-body; access-type=URL; URL="%1$s"

                    Content-Type: text/plain

                    --b--
                    """.formatted(url).replace("\n", "\r\n")), "a.eml", "");
            server.close();
            assertThat(asked.get()).isFalse();
        }
    }

    @Test
    void endsWorkersThatHaveNoWork() throws Exception {
        ParserWorkers parser = parser(Map.of("idle", "200ms"));
        parser.parse(file("a.txt", "Some text."), "a.txt", "");
        await().until(() -> workers().isEmpty());
        assertThat(text(parser.parse(file("b.txt", "More text."), "b.txt", ""))).isEqualTo("More text.");
    }

    @Test
    void replacesAWorkerAfterSoManyFiles() throws Exception {
        ParserWorkers parser = parser(Map.of("files-per-worker", "2"));
        List<Long> pids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parser.parse(file(i + ".txt", "Some text."), "a.txt", "");
            workers().forEach(worker -> pids.add(worker.pid()));
        }
        assertThat(pids.stream().distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void saysThatItStops() throws Exception {
        ParserWorkers parser = parser(Map.of());
        Path pipe = fifo();
        CompletableFuture<Failure> failure = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(Failure.class, () -> parser.parse(pipe, "a.txt", "")));
        anotherThan(0);
        parser.stop();
        assertThat(failure.get().reason()).isEqualTo("STOPPING");
        assertThat(failure.get().kind().retryable()).isTrue();
    }

    private void readsTheNextOne(ParserWorkers parser) throws IOException {
        assertThat(text(parser.parse(file("after.txt", "The next one."), "after.txt", "")))
                .isEqualTo("The next one.");
    }

    private ParserWorkers parser(Map<String, String> settings) {
        ParserWorkers parser = new ParserWorkers(config(settings));
        started.add(parser);
        return parser;
    }

    private static ParserConfig config(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("quintet.ingest.parser." + name, value));
        return TestConfigs.of(ParserConfig.class, named);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A file that blocks its reader until somebody writes: it takes for ever to parse. */
    private Path fifo() throws Exception {
        Path pipe = folder.resolve("pipe");
        int status = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        Assumptions.assumeTrue(status == 0, "no mkfifo here");
        return pipe;
    }

    private static Failure refusal(ParserWorkers parser, Path file) {
        return catchThrowableOfType(
                Failure.class, () -> parser.parse(file, file.getFileName().toString(), ""));
    }

    private static String text(ParsedDocument parsed) {
        return parsed.blocks().getFirst().text();
    }

    private ProcessHandle anotherThan(long pid) {
        return await().until(
                        () -> workers().stream()
                                .filter(worker -> worker.pid() != pid)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<ProcessHandle> workers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> !foreign.contains(child.pid()))
                .filter(child -> child.info().commandLine().orElse("").contains("quintet-parser"))
                .toList();
    }
}
