package quintet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessesTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void takesAZombieForDead() throws Exception {
        // The second sleep takes the place of the shell and never asks how the first one ended.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
        try (BufferedReader lines = parent.inputReader()) {
            ProcessHandle zombie =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();

            assertThat(Processes.awaitEnd(zombie, Duration.ofSeconds(10))).isTrue();
            assertThat(zombie.isAlive()).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void killsAProcessThatDoesNotStop() throws Exception {
        Process stubborn = new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; sleep 60").start();
        try (BufferedReader lines = stubborn.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            stubborn.destroy();

            Processes.endWithin(stubborn.toHandle(), Duration.ofMillis(100));

            assertThat(Processes.isAlive(stubborn.toHandle())).isFalse();
        }
    }
}
