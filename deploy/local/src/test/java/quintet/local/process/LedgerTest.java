package quintet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("ledger");
    }

    @Test
    void findsALivingProcessAgain() {
        new Ledger(file).add("me", ProcessIdentity.of(ProcessHandle.current()));

        assertThat(new Ledger(file).alive()).containsOnlyKeys("me");
    }

    @Test
    void takesNobodyElseForAProcessWithTheSamePid() {
        ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current());
        new Ledger(file).add("older", new ProcessIdentity(me.pid(), me.start().minus(Duration.ofMinutes(5))));

        assertThat(new Ledger(file).alive()).isEmpty();
    }

    @Test
    void forgetsAProcessThatHasEnded() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        Ledger ledger = new Ledger(file);
        ledger.add("sleeper", ProcessIdentity.of(process.toHandle()));
        assertThat(ledger.alive()).containsOnlyKeys("sleeper");

        process.destroyForcibly().waitFor();

        assertThat(ledger.alive()).isEmpty();
    }

    @Test
    void doesNotForgetTheSuccessorOfAProcess() {
        Ledger ledger = new Ledger(file);
        ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current());
        ledger.add("part", new ProcessIdentity(1, me.start()));
        ledger.add("part", me);

        ledger.remove("part", new ProcessIdentity(1, me.start()));

        assertThat(ledger.alive()).containsOnlyKeys("part");
    }

    @Test
    void leavesDamagedLinesOut() throws Exception {
        Files.writeString(file, "half a line\nname x y\n\nname 1 2026-11-01T00:00:00Z trailing\n");

        assertThat(new Ledger(file).alive()).isEmpty();
    }

    @Test
    void isForItsOwnerOnly() throws Exception {
        new Ledger(file).add("me", ProcessIdentity.of(ProcessHandle.current()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
