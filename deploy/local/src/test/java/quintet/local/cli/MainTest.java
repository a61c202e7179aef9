package quintet.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;

    @BeforeEach
    void listen() {
        PrintStream listener = new PrintStream(out, true, StandardCharsets.UTF_8);
        System.setOut(listener);
        System.setErr(listener);
    }

    @AfterEach
    void restore() {
        System.setOut(standardOut);
        System.setErr(standardErr);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "logs",
                "ingest",
                "ask",
                "search",
                "dead-letters list",
                "dead-letters show",
                "dead-letters replay",
                "dead-letters drop",
                "reconcile",
                "reindex"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(Main.execute((command + " --help").split(" "))).isZero();
        assertThat(output()).contains("Usage: ./quintet " + command, "Exit codes:", "--data");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(Main.execute("upp")).isEqualTo(ExitCode.USAGE);
        assertThat(Main.execute("up", "--prot", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(Main.execute()).isEqualTo(ExitCode.USAGE);
        assertThat(output()).contains("Did you mean: ./quintet up", "--prot", "Name a command");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThat(up("--port", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--model", "m")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--model-server", "http://x/v1")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--model-server", "http://x/v1,y:8000", "--model", "m")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--model", "absent.gguf")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--draft", "small.gguf")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--model", "pom.xml", "--model-context", "3")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--rabbitmq", "http://u:secret@x")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--qdrant", "qdrant:6334")).isEqualTo(ExitCode.USAGE);
        assertThat(up("--qdrant-api-key-file", "key")).isEqualTo(ExitCode.USAGE);
        assertThat(output())
                .contains(
                        "--port is 70000, must be 1 to 65535",
                        "--model and --api-key-file say something about a --model-server",
                        "there is no file m",
                        "--model absent.gguf can't be read",
                        "name its file with --model FILE",
                        "--model-context is 3, must be at least 64",
                        "--model-server needs --model NAME",
                        "--model-server has y:8000, must be such as http://127.0.0.1:8000/v1",
                        "The RabbitMQ address must look like",
                        "--qdrant is qdrant:6334, must be such as http://qdrant:6334",
                        "--qdrant-api-key-file says something about a --qdrant")
                .doesNotContain("secret");
    }

    @Test
    void saysThatNothingIsRunningAndWhatToDo() {
        assertThat(Main.execute("status", "--data", folder.toString())).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(Main.execute("ask", "--data", folder.toString(), "why?")).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(Main.execute("ingest", "--data", folder.toString(), "pom.xml"))
                .isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(Main.execute("logs", "--data", folder.toString())).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(Main.execute("down", "--data", folder.toString())).isEqualTo(ExitCode.OK);
        assertThat(output()).contains("./quintet up --data " + folder);
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThat(Main.execute("ingest", "--data", folder.toString(), "nowhere.pdf"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(output()).contains("nowhere.pdf is not there or can't be read");
    }

    @Test
    void knowsItsParts() {
        assertThat(Main.execute("logs", "--data", folder.toString(), "nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(output()).contains("There is no part \"nobody\"");
    }

    private int up(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "up";
        args[1] = "--data";
        args[2] = folder.toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return Main.execute(args);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
