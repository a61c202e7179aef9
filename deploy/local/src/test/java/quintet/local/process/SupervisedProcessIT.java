package quintet.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.local.part.PartFailedException;
import quintet.local.part.PartState;
import quintet.local.part.PartStatus;
import quintet.local.part.StatusBoard;

class SupervisedProcessIT {
    @TempDir
    Path folder;

    private final StatusBoard board = new StatusBoard();
    private final int port = new Ports().any();
    private Ledger ledger;
    private SupervisedProcess process;

    @BeforeEach
    void prepare() {
        ledger = new Ledger(folder.resolve("ledger"));
        board.add(PartStatus.waiting("tiny", port));
        process = supervise(Integer.toString(port));
    }

    @AfterEach
    void stop() {
        process.stop();
    }

    @Test
    void restartsAProcessThatIsKilled() throws Exception {
        process.start();
        ProcessHandle first = ledger.alive().get("tiny");
        CompletableFuture<Void> back = when(status -> status.restarts() == 1 && status.state() == PartState.READY);

        first.destroyForcibly();

        back.get(30, TimeUnit.SECONDS);
        ProcessHandle second = ledger.alive().get("tiny");
        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(Probe.http(URI.create("http://127.0.0.1:" + port)).isReady()).isTrue();
    }

    @Test
    void restartsAProcessThatIsKilledWhileTheLedgerCanNotBeWritten() throws Exception {
        process.start();
        ProcessHandle first = ledger.alive().get("tiny");
        Files.delete(folder.resolve("ledger"));
        // Nothing can be moved into the place of a folder with something in it, like nothing onto a full disk.
        Files.createDirectories(folder.resolve("ledger").resolve("in-the-way"));
        CompletableFuture<Void> back = when(status -> status.restarts() == 1 && status.state() == PartState.READY);

        first.destroyForcibly();

        back.get(30, TimeUnit.SECONDS);
        assertThat(ledger.alive().get("tiny").pid()).isNotEqualTo(first.pid());
    }

    @Test
    void givesUpOnAProcessThatIsNeverReadyAndSaysWhatItSaid() {
        process = supervise("fail");

        assertThatThrownBy(process::start)
                .isInstanceOf(PartFailedException.class)
                .hasMessageContaining("tiny ended with code 3 before it was ready")
                .hasMessageContaining("there is no configuration");
        assertThat(board.snapshot().getFirst().state()).isEqualTo(PartState.FAILED);
        assertThat(ledger.alive()).isEmpty();
    }

    @Test
    void stopsForGood() throws Exception {
        process.start();
        ProcessHandle running = ledger.alive().get("tiny");

        process.stop();

        assertThat(running.isAlive()).isFalse();
        assertThat(ledger.alive()).isEmpty();
        assertThat(board.snapshot().getFirst().state()).isEqualTo(PartState.STOPPED);
    }

    @Test
    void keepsTheOutput() throws Exception {
        process.start();
        process.stop();

        assertThat(Files.readString(folder.resolve("tiny.log"))).contains("listening on " + port);
    }

    private CompletableFuture<Void> when(Predicate<PartStatus> condition) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        board.listen(parts -> {
            if (condition.test(parts.getFirst())) {
                met.complete(null);
            }
        });
        return met;
    }

    private SupervisedProcess supervise(String argument) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                TinyServer.class.getName(),
                argument);
        ProcessPlan plan = new ProcessPlan(
                "tiny",
                command,
                Map.of(),
                folder,
                folder.resolve("tiny.log"),
                Probe.http(URI.create("http://127.0.0.1:" + port)),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                ProcessPlan::terminate);
        return new SupervisedProcess(plan, ledger, board);
    }
}
